package dev.stemfleet.worker.separation;

import java.time.Duration;

/// What a separation took.
///
/// @param samples per channel that every stem got: the length of the mix
/// @param segments run through the network
/// @param inference time in the network
/// @param waiting time in which the network stood still for the mix or for whoever takes the stems
public record Separated(long samples, int segments, Duration inference, Duration waiting) {}
