package dev.stemfleet.common.domain;

/// A short-time Fourier transform with a periodic Hann window as long as itself.
///
/// @param fftSize n_fft, even; 2^a · 3^b · 5^c
/// @param hop samples from frame to frame, at most half of `fftSize`
/// @param bins kept, from 0 up: at most `fftSize / 2 + 1`
public record Stft(int fftSize, int hop, int bins) {
  public Stft {
    if (fftSize < 2 || fftSize % 2 != 0) {
      throw new IllegalArgumentException("fftSize: must be even");
    }
    int rest = fftSize;
    for (int prime : new int[] {2, 3, 5}) {
      while (rest % prime == 0) {
        rest /= prime;
      }
    }
    if (rest != 1) {
      throw new IllegalArgumentException("fftSize: must be a product of 2, 3 and 5");
    }
    if (hop < 1 || hop > fftSize / 2) {
      throw new IllegalArgumentException("hop: must be 1 to half of fftSize");
    }
    if (bins < 1 || bins > fftSize / 2 + 1) {
      throw new IllegalArgumentException("bins: must be 1 to fftSize / 2 + 1");
    }
  }
}
