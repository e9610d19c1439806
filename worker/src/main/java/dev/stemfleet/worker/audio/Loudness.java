package dev.stemfleet.worker.audio;

import org.jspecify.annotations.Nullable;

/// How loud a stretch of sound is, after ITU-R BS.1770-5.
///
/// @param integratedLufs gated integrated loudness in LUFS; null if the sound is shorter than one
///   block of 0.4 s or all of it lies below the gates
/// @param truePeakDbtp the highest peak between and on the samples of any channel, in dB relative
///   to full scale; negative infinity for digital silence
public record Loudness(@Nullable Double integratedLufs, double truePeakDbtp) {}
