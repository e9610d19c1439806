package dev.stemfleet.common.message;

import org.jspecify.annotations.Nullable;

/// How loud the track was and what was done about it.
///
/// @param integratedLufs of the mix (ITU-R BS.1770); null when it is gated to nothing
/// @param truePeakDbtp of the mix, at four times the sample rate; null for digital silence
/// @param gainDb put on every stem
/// @param decidedBy `loudness`, `ceiling`, `stem-peak` or `none`
public record LoudnessFacts(
    @Nullable Double integratedLufs,
    @Nullable Double truePeakDbtp,
    double gainDb,
    String decidedBy) {}
