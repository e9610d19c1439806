package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.domain.ModelRef;

/// What tells resident models apart: id and sha256 of the files, device, type of the numbers.
///
/// @param dtype of the network's numbers, for example `float32` or `q4`
record ModelKey(ModelRef ref, Device device, String dtype) {
  static ModelKey of(CatalogEntry model, Device device) {
    return new ModelKey(model.ref(), device, model.dtype());
  }
}
