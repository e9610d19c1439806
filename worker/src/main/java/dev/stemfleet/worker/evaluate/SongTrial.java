package dev.stemfleet.worker.evaluate;

import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.worker.audio.AudioDecoder;
import dev.stemfleet.worker.audio.Sound;
import dev.stemfleet.worker.audio.TrackMeasurement;
import dev.stemfleet.worker.separation.SegmentModel;
import dev.stemfleet.worker.separation.SeparationOrder;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.TrackLevel;
import java.nio.file.Path;

/// Separates a song as a worker does and compares. Holds the model's stems of one song in memory,
/// everything else goes by in blocks. Confined to one thread.
final class SongTrial {
  private final SegmentModel model;
  private final ComparedStems compared;
  private final Separator separator = new Separator(Runnable::run);

  SongTrial(SegmentModel model, ComparedStems compared) {
    this.model = model;
    this.compared = compared;
  }

  /// @throws dev.stemfleet.common.config.ConfigException naming a file that does not fit the others
  /// @throws dev.stemfleet.common.failure.JobException as separations of jobs do
  SongScores of(SongFolder song) {
    SongSound.requireEqualLengths(song);
    Path mixture = song.mixture();
    TrackLevel.Meter level = new TrackLevel.Meter();
    long samples = TrackMeasurement.of(mixture, Trim.NONE, level::add, Progress.NONE).samples();
    HeldStems held = new HeldStems(compared.separated(), Math.toIntExact(samples));
    SeparationOrder order = new SeparationOrder(compared.separated(), samples, level.level());
    long start = System.nanoTime();
    try (AudioDecoder decoder = AudioDecoder.open(mixture, Trim.NONE)) {
      separator.separate(decoder::read, model, order, held, Progress.NONE);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Comparison comparison = new Comparison(compared);
    try (SongSound sound = SongSound.open(song)) {
      comparison.take(sound, held);
    }
    return comparison.scores(song.name(), Sound.seconds(samples), seconds);
  }
}
