package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.common.domain.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Which tensors of a run are filled already: networks that want the same may share one. Used by
/// one thread.
final class Filling {
  private final Set<Tensor> filled = Collections.newSetFromMap(new IdentityHashMap<>());

  /// Whether a network's tensors have still to be filled; from then on they count as filled.
  boolean wants(List<Tensor> tensors) {
    boolean wants = false;
    for (Tensor tensor : tensors) {
      wants |= filled.add(tensor);
    }
    return wants;
  }
}
