package dev.stemfleet.common.message;

import dev.stemfleet.common.domain.Stem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How loud the track was and what was done about it.
///
/// @param integratedLufs of the mix (ITU-R BS.1770); null when it is gated to nothing
/// @param truePeakDbtp of the mix, at four times the sample rate; null for digital silence
/// @param gainDb put on every stem; in the mode `stem` 0, and each stem has its own
/// @param decidedBy `loudness`, `ceiling`, `stem_peak`, `none`, or `stem`
/// @param stemGainDb by stem, in the mode `stem` only
public record LoudnessFacts(
    @Nullable Double integratedLufs,
    @Nullable Double truePeakDbtp,
    double gainDb,
    String decidedBy,
    @Nullable Map<Stem, Double> stemGainDb) {}
