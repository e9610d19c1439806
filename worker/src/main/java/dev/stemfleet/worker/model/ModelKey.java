package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.ModelSpec;
import java.util.Locale;

/// What tells resident models apart: id and sha256 of the files, device, type of the numbers.
///
/// @param dtype of the network's tensors, for example `float32`
record ModelKey(ModelRef ref, Device device, String dtype) {
  static ModelKey of(ModelSpec spec, Device device) {
    return new ModelKey(spec.ref(), device, spec.dtype().name().toLowerCase(Locale.ROOT));
  }
}
