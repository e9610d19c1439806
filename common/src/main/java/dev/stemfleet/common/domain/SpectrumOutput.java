package dev.stemfleet.common.domain;

/// What a network gives for a spectrum.
public enum SpectrumOutput {
  /// The stems' spectra.
  SPECTRUM,
  /// Complex factors for the mix's spectrum.
  MASK
}
