package dev.stemfleet.worker.evaluate;

/// How well one stem of one song, or of all, came out. Decibels; NaN where a figure has no meaning.
///
/// @param usdr over the song
/// @param csdr median of frames of a second
/// @param sisdr blind to gain
/// @param floorUsdr of a quarter of the mix
/// @param irmUsdr of the ideal ratio mask
record StemScores(double usdr, double csdr, double sisdr, double floorUsdr, double irmUsdr) {}
