package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.ModelRef;

/// What tells resident models apart.
///
/// @param dtype of the network's sound, for example `float32`
record ModelKey(ModelRef ref, Device device, String dtype) {}
