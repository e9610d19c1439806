package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Stem;
import java.util.Set;

/// What is wanted of a track.
///
/// @param stems to be made; at least one, no narration
/// @param expectedSamples length of the track per channel, for the progress only; 0 = not known
/// @param level of the whole mix, used by models that want it normalised
public record SeparationOrder(Set<Stem> stems, long expectedSamples, TrackLevel level) {
  public SeparationOrder {
    if (stems.isEmpty() || stems.contains(Stem.NARRATION)) {
      throw new IllegalArgumentException("stems: at least one of a mix is needed");
    }
    stems = Set.copyOf(stems);
  }
}
