package dev.stemfleet.common.message;

import java.time.Instant;

/// The model that a worker holds.
///
/// @param device it runs on, for example `cpu` or `cuda:0`
/// @param dtype of its weights and sound, for example `float32`
/// @param loadSeconds that loading and warming it took
/// @param jobsServed by this worker since then, the present one included
public record ModelFacts(
    String id,
    String sha256,
    String device,
    String dtype,
    double loadSeconds,
    Instant residentSince,
    long jobsServed) {}
