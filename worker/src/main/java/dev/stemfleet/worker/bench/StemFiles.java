package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.audio.AudioTags;
import dev.stemfleet.worker.audio.GainPlan;
import dev.stemfleet.worker.audio.SoundFormat;
import dev.stemfleet.worker.audio.StemEncoder;
import dev.stemfleet.worker.audio.StemWriter;
import dev.stemfleet.worker.separation.StemSink;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The stems of a track, each on its way into a file for the videos, as in a job. The caller
/// closes.
final class StemFiles implements StemSink, AutoCloseable {
  private static final GainPlan AS_IT_IS = new GainPlan(0, GainPlan.DecidedBy.NONE, List.of());

  private final Map<Stem, StemWriter> writers = new EnumMap<>(Stem.class);

  StemFiles(Path folder, SoundFormat format, Collection<Stem> stems) {
    for (Stem stem : stems) {
      Path file = folder.resolve(stem.key() + "." + format.extension());
      StemEncoder encoder = StemEncoder.open(file, format, AudioTags.NONE);
      writers.put(stem, new StemWriter(stem.key(), AS_IT_IS, List.of(encoder)));
    }
  }

  @Override
  public void write(Stem stem, float[] left, float[] right, int count) {
    Objects.requireNonNull(writers.get(stem)).write(left, right, count);
  }

  /// Ends the files.
  ///
  /// @throws BenchFailure if one is not as long as the track, or silent
  void finish(long samples) {
    writers.forEach(
        (stem, writer) -> {
          EncodedAudio file = writer.finish(samples, false).files().getFirst();
          if (file.samples() != samples) {
            throw new BenchFailure(stem.key() + " has " + file.samples() + " of " + samples);
          }
        });
  }

  @Override
  public void close() {
    writers.values().forEach(StemWriter::close);
  }
}
