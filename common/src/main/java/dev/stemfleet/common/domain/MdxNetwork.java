package dev.stemfleet.common.domain;

/// What cannot be read from the file of one network of a [ModelLayout.MdxNet].
///
/// @param fftSize its n_fft, for instance 6144 or 7680
/// @param compensate factor for its stem, about 1.0 to 1.07
public record MdxNetwork(int fftSize, double compensate) {
  public MdxNetwork {
    if (fftSize < 512 || fftSize % 2 != 0) {
      throw new IllegalArgumentException("fftSize: must be even and at least 512");
    }
    if (!(compensate > 0.1 && compensate < 10)) {
      throw new IllegalArgumentException("compensate: must be between 0.1 and 10");
    }
  }
}
