package dev.stemfleet.worker.bench;

import dev.stemfleet.worker.audio.Sound;
import java.util.Arrays;

/// What one ear hears of a stretch of sound, in bands of a quarter Bark, and how much noise the
/// sound hides there: after the FFT ear model of ITU-R BS.1387-2 (annex 2, basic version).
///
/// - Bark scale: z = 7 asinh(f / 650 Hz), from 80 Hz to 18 kHz.
/// - Outer and middle ear, dB: -2.184 k^-0.8 + 6.5 exp(-0.6 (k - 3.3)²) - 0.001 k^3.6, k in kHz.
/// - The ear's own noise: 10^(0.1456 k^-0.8), added to the energy of each band.
/// - Spreading towards lower bands 27 dB per Bark, towards higher ones 24 + 230 Hz / f - 0.2 L dB
///   per Bark for a level of L dB; what reaches a band from several adds up in powers of 0.4.
/// - After a sound its masking decays with a time constant of 8 ms + 22 ms · 100 Hz / f.
/// - Noise is masked up to 3 dB below this excitation, from 12 Bark on up to 0.25 dB per Bark
///   below.
///
/// Where the recommendation works at 48 kHz, this works at 44.1 kHz with windows of as many
/// samples. A full-scale sine is taken to be heard at 92 dB SPL. Confined to one thread at a time.
final class EarModel {
  /// How many bands there are.
  static final int BANDS = 109;

  /// Samples from one window to the next.
  static final int HOP = Spectrum.SIZE / 2;

  private static final double BAND_BARK = 0.25;
  private static final double LOWEST_BARK = bark(80);
  private static final double FULL_SCALE = Math.pow(10, 9.2);
  private static final double SUM_POWER = 0.4;
  private static final double LOWER_SLOPE_DB = 27;
  private static final double BIN_HZ = (double) Sound.RATE_HZ / Spectrum.SIZE;

  /// Share of each bin's power in each band, with the ear's frequency response.
  private static final double[][] SHARES = new double[BANDS][];

  private static final int[] FIRST_BINS = new int[BANDS];
  private static final double[] CENTRES_HZ = new double[BANDS];
  private static final double[] OWN_NOISE = new double[BANDS];
  private static final double[] DECAYS = new double[BANDS];
  private static final double[] MASKED_BELOW = new double[BANDS];
  private static final double[] LEVEL_OF_ONES;

  static {
    for (int band = 0; band < BANDS; band++) {
      double low = hertz(LOWEST_BARK + band * BAND_BARK);
      double high = hertz(LOWEST_BARK + (band + 1) * BAND_BARK);
      double centre = hertz(LOWEST_BARK + (band + 0.5) * BAND_BARK);
      CENTRES_HZ[band] = centre;
      OWN_NOISE[band] = Math.pow(10, 0.1456 * Math.pow(centre / 1000, -0.8));
      double seconds = 0.008 + 0.022 * 100 / centre;
      DECAYS[band] = Math.exp(-HOP / (Sound.RATE_HZ * seconds));
      double offsetDb = Math.max(3, 0.25 * (band * BAND_BARK));
      MASKED_BELOW[band] = Math.pow(10, -offsetDb / 10);
      FIRST_BINS[band] = (int) Math.floor(low / BIN_HZ + 0.5);
      SHARES[band] = shares(low, high, FIRST_BINS[band]);
    }
    double[] ones = new double[BANDS];
    Arrays.fill(ones, 1);
    LEVEL_OF_ONES = new double[BANDS];
    spread(ones, LEVEL_OF_ONES);
  }

  private final double[] energy = new double[BANDS];
  private final double[] spread = new double[BANDS];
  private final double[] smeared = new double[BANDS];

  private static double bark(double hertz) {
    double x = hertz / 650;
    return 7 * Math.log(x + Math.sqrt(x * x + 1));
  }

  private static double hertz(double bark) {
    return 650 * Math.sinh(bark / 7);
  }

  private static double[] shares(double low, double high, int firstBin) {
    int lastBin = (int) Math.floor(high / BIN_HZ + 0.5);
    double[] shares = new double[lastBin - firstBin + 1];
    for (int bin = firstBin; bin <= lastBin; bin++) {
      double overlap = Math.min(high, (bin + 0.5) * BIN_HZ) - Math.max(low, (bin - 0.5) * BIN_HZ);
      double k = Math.max(bin, 0.5) * BIN_HZ / 1000;
      double responseDb =
          -2.184 * Math.pow(k, -0.8)
              + 6.5 * Math.exp(-0.6 * (k - 3.3) * (k - 3.3))
              - 0.001 * Math.pow(k, 3.6);
      shares[bin - firstBin] =
          FULL_SCALE * Math.max(0, overlap / BIN_HZ) * Math.pow(10, responseDb / 10);
    }
    return shares;
  }

  /// Sums the power of a spectrum into bands, as the inner ear gets it.
  static void bands(double[] powers, double[] into) {
    for (int band = 0; band < BANDS; band++) {
      double sum = 0;
      double[] shares = SHARES[band];
      for (int i = 0; i < shares.length; i++) {
        sum += shares[i] * powers[FIRST_BINS[band] + i];
      }
      into[band] = sum;
    }
  }

  /// How much noise, per band, the sound of this window and of those before hides. To be called
  /// window after window.
  void mask(double[] powers, double[] into) {
    bands(powers, energy);
    for (int band = 0; band < BANDS; band++) {
      energy[band] += OWN_NOISE[band];
    }
    spread(energy, spread);
    for (int band = 0; band < BANDS; band++) {
      double now = spread[band] / LEVEL_OF_ONES[band];
      smeared[band] = DECAYS[band] * smeared[band] + (1 - DECAYS[band]) * now;
      into[band] = MASKED_BELOW[band] * Math.max(now, smeared[band]);
    }
  }

  private static void spread(double[] energy, double[] into) {
    double down = Math.pow(10, -LOWER_SLOPE_DB * BAND_BARK / 10);
    double downPower = Math.pow(down, SUM_POWER);
    Arrays.fill(into, 0);
    for (int from = 0; from < BANDS; from++) {
      double level = 10 * Math.log10(energy[from]);
      double slopeDb = -24 - 230 / CENTRES_HZ[from] + 0.2 * level;
      double up = Math.pow(10, Math.min(0, slopeDb) * BAND_BARK / 10);
      double whole = series(down, from + 1) - 1 + series(up, BANDS - from);
      double upPower = Math.pow(up, SUM_POWER);
      double top = Math.pow(energy[from] / whole, SUM_POWER);
      double value = top;
      for (int band = from; band < BANDS; band++) {
        into[band] += value;
        value *= upPower;
      }
      value = top;
      for (int band = from - 1; band >= 0; band--) {
        value *= downPower;
        into[band] += value;
      }
    }
    for (int band = 0; band < BANDS; band++) {
      into[band] = Math.pow(into[band], 1 / SUM_POWER);
    }
  }

  /// 1 + r + r² + … of so many terms.
  private static double series(double ratio, int terms) {
    return ratio == 1 ? terms : (1 - Math.pow(ratio, terms)) / (1 - ratio);
  }

  /// How much better two ears hear noise whose direction differs from the sound's, as a factor on
  /// what is masked: 10^(1.25 (1 - cos(π min(z, 15.5) / 15.5)) - 2.5), 25 dB at the lowest
  /// frequencies and none from 15.5 Bark on (Johnston and Ferreira, sum-difference stereo transform
  /// coding, ICASSP 1992).
  static double unmasked(int band) {
    double z = Math.min(15.5, LOWEST_BARK + (band + 0.5) * BAND_BARK);
    return Math.pow(10, 1.25 * (1 - Math.cos(Math.PI * z / 15.5)) - 2.5);
  }
}
