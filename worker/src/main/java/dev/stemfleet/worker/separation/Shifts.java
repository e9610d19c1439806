package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Where the further passes over a mix begin.
final class Shifts {
  private static final double MOST_SECONDS = 0.5;

  private Shifts() {}

  /// How much earlier than the first pass each further one begins: up to half a second, and less
  /// than a stride. Drawn with the sound as the seed: the same track is always cut alike.
  ///
  /// @param level of the whole mix
  static List<Integer> of(ModelSpec spec, TrackLevel level) {
    long seed = Double.doubleToLongBits(level.mean());
    Random random = new Random(31 * seed + Double.doubleToLongBits(level.deviation()));
    int longest = (int) (MOST_SECONDS * spec.sound().sampleRateHz());
    int bound = Math.min(longest, spec.segments().strideSamples() - 1);
    List<Integer> shifts = new ArrayList<>();
    for (int i = 0; i < spec.treatment().shifts(); i++) {
      shifts.add(bound < 1 ? 0 : 1 + random.nextInt(bound));
    }
    return shifts;
  }
}
