package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.LoudnessMode;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.audio.GainPlan;
import dev.stemfleet.worker.audio.LoudnessMeter;
import dev.stemfleet.worker.separation.StemSink;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/// Hears every stem once, to find each one's own gain. Stems may be written at the same time, each
/// by one thread at a time.
final class StemMeters implements StemSink {
  private final Map<Stem, LoudnessMeter> meters = new EnumMap<>(Stem.class);

  StemMeters(Collection<Stem> stems) {
    stems.forEach(stem -> meters.put(stem, new LoudnessMeter()));
  }

  @Override
  public void write(Stem stem, float[] left, float[] right, int count) {
    LoudnessMeter meter = meters.get(stem);
    if (meter == null) {
      throw new IllegalArgumentException("no meter was opened for " + stem);
    }
    meter.write(left, right, count);
  }

  /// The gain that each stem should have, once all was heard.
  Map<Stem, GainPlan> plans() {
    Map<Stem, GainPlan> plans = new EnumMap<>(Stem.class);
    meters.forEach(
        (stem, meter) -> plans.put(stem, GainPlan.of(LoudnessMode.STEM, meter.loudness())));
    return plans;
  }
}
