package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.worker.spectrum.Spectrum;
import java.util.List;

/// One step of the multichannel Wiener filter: magnitudes of all stems and the mix's spectrum
/// become spectra of stems. In double precision; blocks of frames are treated apart. As in sigsep's
/// open-unmix, `filtering.py`. Used by one thread at a time.
final class WienerFilter {
  private static final int BLOCK = 300;
  private static final double LEAST = 1e-10;
  private static final double REGULARISATION = Math.sqrt(LEAST);

  /// Mixes with peaks above it are scaled down to it meanwhile.
  private static final double LOUD = 10;

  private final float[][][] magnitudes;
  private final int stems;

  /// Powers of the stems in one frame and bin.
  private final double[] powers;

  /// Spatial covariance of each stem in one bin: left, right, and real and imaginary part of what
  /// they share.
  private final double[][] covariances;

  /// @param magnitudes by stem, channel, and bin · frames + frame
  WienerFilter(float[][][] magnitudes) {
    this.magnitudes = magnitudes;
    this.stems = magnitudes.length;
    this.powers = new double[stems];
    this.covariances = new double[stems][4];
  }

  /// Writes the spectra of some of the stems.
  ///
  /// @param wanted places in the magnitudes
  /// @param to one for each that is wanted
  void of(Spectrum mix, List<Integer> wanted, List<Spectrum> to) {
    for (int first = 0; first < mix.frames(); first += BLOCK) {
      int end = Math.min(mix.frames(), first + BLOCK);
      double scale = Math.max(1, loudest(mix, first, end) / LOUD);
      for (int bin = 0; bin < mix.bins(); bin++) {
        int from = bin * mix.frames() + first;
        int until = bin * mix.frames() + end;
        for (int stem = 0; stem < stems; stem++) {
          measure(mix, stem, from, until, scale);
        }
        for (int at = from; at < until; at++) {
          filter(mix, at, scale, wanted, to);
        }
      }
    }
  }

  private static double loudest(Spectrum mix, int first, int end) {
    double most = 0;
    for (int channel = 0; channel < 2; channel++) {
      for (int bin = 0; bin < mix.bins(); bin++) {
        for (int at = bin * mix.frames() + first; at < bin * mix.frames() + end; at++) {
          most = Math.max(most, size(mix, channel, at));
        }
      }
    }
    return most;
  }

  private static double size(Spectrum mix, int channel, int at) {
    double real = mix.real(channel)[at];
    double imaginary = mix.imaginary(channel)[at];
    return Math.sqrt(real * real + imaginary * imaginary);
  }

  /// Spatial covariance Σ y yᴴ / (ε + Σ power), with y of the stem's magnitudes and the mix's
  /// phases.
  private void measure(Spectrum mix, int stem, int from, int until, double scale) {
    double left = 0;
    double right = 0;
    double real = 0;
    double imaginary = 0;
    for (int at = from; at < until; at++) {
      double leftSize = magnitudes[stem][0][at] / scale;
      double rightSize = magnitudes[stem][1][at] / scale;
      left += leftSize * leftSize;
      right += rightSize * rightSize;
      double sizes = size(mix, 0, at) * size(mix, 1, at);
      if (sizes > 0) {
        double shared = leftSize * rightSize / sizes;
        double leftReal = mix.real(0)[at];
        double leftImaginary = mix.imaginary(0)[at];
        double rightReal = mix.real(1)[at];
        double rightImaginary = mix.imaginary(1)[at];
        real += shared * (leftReal * rightReal + leftImaginary * rightImaginary);
        imaginary += shared * (leftImaginary * rightReal - leftReal * rightImaginary);
      }
    }
    double all = LEAST + (left + right) / 2;
    covariances[stem][0] = left / all;
    covariances[stem][1] = right / all;
    covariances[stem][2] = real / all;
    covariances[stem][3] = imaginary / all;
  }

  /// power · covariance · (Σ power · covariance + √ε)⁻¹ · mix, for one frame and bin.
  private void filter(Spectrum mix, int at, double scale, List<Integer> wanted, List<Spectrum> to) {
    double left = REGULARISATION;
    double right = REGULARISATION;
    double real = 0;
    double imaginary = 0;
    for (int stem = 0; stem < stems; stem++) {
      double leftSize = magnitudes[stem][0][at] / scale;
      double rightSize = magnitudes[stem][1][at] / scale;
      double power = (leftSize * leftSize + rightSize * rightSize) / 2;
      powers[stem] = power;
      left += power * covariances[stem][0];
      right += power * covariances[stem][1];
      real += power * covariances[stem][2];
      imaginary += power * covariances[stem][3];
    }
    double determinant = left * right - real * real - imaginary * imaginary;
    double leftReal = mix.real(0)[at];
    double leftImaginary = mix.imaginary(0)[at];
    double rightReal = mix.real(1)[at];
    double rightImaginary = mix.imaginary(1)[at];
    double[] whitened = {
      (right * leftReal - (real * rightReal - imaginary * rightImaginary)) / determinant,
      (right * leftImaginary - (real * rightImaginary + imaginary * rightReal)) / determinant,
      (left * rightReal - (real * leftReal + imaginary * leftImaginary)) / determinant,
      (left * rightImaginary - (real * leftImaginary - imaginary * leftReal)) / determinant
    };
    for (int i = 0; i < to.size(); i++) {
      apply(wanted.get(i), whitened, at, to.get(i));
    }
  }

  private void apply(int stem, double[] whitened, int at, Spectrum to) {
    double[] shape = covariances[stem];
    double power = powers[stem];
    double leftReal = whitened[0];
    double leftImaginary = whitened[1];
    double rightReal = whitened[2];
    double rightImaginary = whitened[3];
    double real = shape[2];
    double imaginary = shape[3];
    to.real(0)[at] =
        (float) (power * (shape[0] * leftReal + real * rightReal - imaginary * rightImaginary));
    to.imaginary(0)[at] =
        (float)
            (power * (shape[0] * leftImaginary + real * rightImaginary + imaginary * rightReal));
    to.real(1)[at] =
        (float) (power * (shape[1] * rightReal + real * leftReal + imaginary * leftImaginary));
    to.imaginary(1)[at] =
        (float) (power * (shape[1] * rightImaginary + real * leftImaginary - imaginary * leftReal));
  }
}
