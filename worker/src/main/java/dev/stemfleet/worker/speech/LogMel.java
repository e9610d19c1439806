package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.Stft;
import dev.stemfleet.worker.spectrum.Analysis;
import dev.stemfleet.worker.spectrum.Framing;
import java.util.Arrays;

/// Sound as Whisper hears it: the logarithm of the power in mel bands, 100 frames a second. One
/// thread; whoever opened it closes it.
///
/// Source: openai/whisper `audio.py`: 16 kHz, 30 s padded with silence, n_fft 400, hop 160,
/// periodic Hann window, centred frames with reflected ends, the last frame dropped; at least
/// 1e-10, at most 8 below the loudest in log10, then (x + 4) / 4. Bands: librosa `filters.mel`,
/// Slaney's scale and norm, 0 to 8000 Hz.
final class LogMel implements AutoCloseable {
  static final int RATE_HZ = 16_000;
  static final int SAMPLES = 30 * RATE_HZ;
  private static final Stft STFT = new Stft(400, 160, 201);
  private static final int FRAMES = SAMPLES / STFT.hop();
  private static final double LEAST = 1e-10;
  private static final double RANGE = 8;

  /// Slaney's scale: linear to 1000 Hz, then logarithmic.
  private static final double LINEAR_STEP_HZ = 200.0 / 3;

  private static final double LINEAR_END_HZ = 1000;
  private static final double LINEAR_END_MEL = LINEAR_END_HZ / LINEAR_STEP_HZ;
  private static final double LOG_STEP = Math.log(6.4) / 27;

  private final int bands;
  private final Analysis analysis = new Analysis(Framing.centred(STFT, SAMPLES));
  private final float[] real = new float[STFT.bins() * (FRAMES + 1)];
  private final float[] imaginary = new float[STFT.bins() * (FRAMES + 1)];
  private final float[] padded = new float[SAMPLES];
  private final double[][] filters;

  LogMel(int bands) {
    this.bands = bands;
    this.filters = filters(bands);
  }

  /// @param samples 16 kHz, mono, 30 s at most
  /// @return band after band, 3000 frames each
  float[] of(float[] samples) {
    Arrays.fill(padded, 0);
    System.arraycopy(samples, 0, padded, 0, samples.length);
    analysis.of(padded, real, imaginary);
    double[] powers = powers();
    double loudest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Math.log10(Math.max(LEAST, powers[i]));
      loudest = Math.max(loudest, powers[i]);
    }
    float[] spectrum = new float[powers.length];
    for (int i = 0; i < powers.length; i++) {
      spectrum[i] = (float) ((Math.max(powers[i], loudest - RANGE) + 4) / 4);
    }
    return spectrum;
  }

  private double[] powers() {
    double[] powers = new double[bands * FRAMES];
    for (int band = 0; band < bands; band++) {
      for (int bin = 0; bin < STFT.bins(); bin++) {
        double weight = filters[band][bin];
        if (weight > 0) {
          add(weight, bin * (FRAMES + 1), powers, band * FRAMES);
        }
      }
    }
    return powers;
  }

  private void add(double weight, int from, double[] powers, int to) {
    for (int frame = 0; frame < FRAMES; frame++) {
      double re = real[from + frame];
      double im = imaginary[from + frame];
      powers[to + frame] += weight * (re * re + im * im);
    }
  }

  /// Triangles between neighbouring centres, each of area 2 / width in Hz.
  private static double[][] filters(int bands) {
    double[] edges = new double[bands + 2];
    double top = mel(RATE_HZ / 2.0);
    Arrays.setAll(edges, i -> hertz(top * i / (bands + 1)));
    double[][] filters = new double[bands][STFT.bins()];
    for (int band = 0; band < bands; band++) {
      double norm = 2 / (edges[band + 2] - edges[band]);
      for (int bin = 0; bin < STFT.bins(); bin++) {
        double hz = (double) bin * RATE_HZ / STFT.fftSize();
        double rising = (hz - edges[band]) / (edges[band + 1] - edges[band]);
        double falling = (edges[band + 2] - hz) / (edges[band + 2] - edges[band + 1]);
        filters[band][bin] = norm * Math.max(0, Math.min(rising, falling));
      }
    }
    return filters;
  }

  private static double mel(double hz) {
    return hz < LINEAR_END_HZ
        ? hz / LINEAR_STEP_HZ
        : LINEAR_END_MEL + Math.log(hz / LINEAR_END_HZ) / LOG_STEP;
  }

  private static double hertz(double mel) {
    return mel < LINEAR_END_MEL
        ? mel * LINEAR_STEP_HZ
        : LINEAR_END_HZ * Math.exp(LOG_STEP * (mel - LINEAR_END_MEL));
  }

  @Override
  public void close() {
    analysis.close();
  }
}
