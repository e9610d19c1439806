package dev.stemfleet.worker.bench;

import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.worker.audio.AudioDecoder;
import dev.stemfleet.worker.audio.Sound;
import dev.stemfleet.worker.audio.SoundFormat;
import dev.stemfleet.worker.job.ResidentSegments;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.separation.SegmentModel;
import dev.stemfleet.worker.separation.SeparationOrder;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.TrackLevel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/// The stems that the built-in model makes of the bench's band: what coders really get.
final class SeparatedSounds {
  private SeparatedSounds() {}

  /// All stems of so many seconds.
  ///
  /// @param models folder of the catalog
  /// @param file for the track; overwritten
  static List<CoderSound> of(Path models, Path file, double seconds) {
    BandTrack.write(file, SoundFormat.WAV, seconds);
    int samples = (int) Sound.samples(seconds);
    Map<Stem, Growing> stems = new EnumMap<>(Stem.class);
    BenchStems.STEMS.forEach(stem -> stems.put(stem, new Growing(samples)));
    try (ModelCache cache = new ModelCache(new Device.Cpu(), 1, InstantSource.system());
        ExecutorService pool = BenchPool.open();
        AudioDecoder decoder = AudioDecoder.open(file, Trim.NONE)) {
      SegmentModel model =
          new ResidentSegments(
              cache.get(ModelCatalog.load(List.of(models)).require(FleetSettings.USUAL_MODEL)));
      new Separator(pool)
          .separate(
              decoder::read,
              model,
              new SeparationOrder(Set.copyOf(BenchStems.STEMS), samples, TrackLevel.UNIT),
              (stem, left, right, count) ->
                  Objects.requireNonNull(stems.get(stem)).add(left, right, count),
              Progress.NONE);
    }
    List<CoderSound> sounds = new ArrayList<>();
    stems.forEach((stem, sound) -> sounds.add(sound.named("separated_" + stem.key())));
    return sounds;
  }

  /// A stem so far. Written by one thread at a time, read after all.
  private static final class Growing {
    private final float[] left;
    private final float[] right;
    private int samples;

    Growing(int samples) {
      left = new float[samples];
      right = new float[samples];
    }

    void add(float[] fromLeft, float[] fromRight, int count) {
      System.arraycopy(fromLeft, 0, left, samples, count);
      System.arraycopy(fromRight, 0, right, samples, count);
      samples += count;
    }

    CoderSound named(String name) {
      return new CoderSound(name, left, right);
    }
  }
}
