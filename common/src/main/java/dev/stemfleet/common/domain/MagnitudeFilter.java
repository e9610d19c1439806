package dev.stemfleet.common.domain;

/// How magnitudes of all stems become stems of the mix.
public enum MagnitudeFilter {
  /// Each stem's share v / Σ v of the mix's spectrum.
  RATIO,
  /// One step of the multichannel Wiener filter, as Open-Unmix does it; needs every stem's network.
  WIENER
}
