package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.ModelSpec;
import java.util.Locale;

/// What tells resident models apart.
///
/// @param dtype of the network's sound, for example `float32`
record ModelKey(ModelRef ref, Device device, String dtype) {
  /// The type of a model's tensors as people spell it.
  static String dtype(ModelSpec spec) {
    return spec.dtype().name().toLowerCase(Locale.ROOT);
  }
}
