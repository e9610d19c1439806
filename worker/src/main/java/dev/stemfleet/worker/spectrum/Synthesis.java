package dev.stemfleet.worker.spectrum;

import java.util.Arrays;

/// Makes signals of spectra: the inverse of [Analysis]. Used by one thread at a time, closed by its
/// owner.
public final class Synthesis implements AutoCloseable {
  private final Framing framing;
  private final RealFft fft;
  private final float[] window;
  private final float[] weights;
  private final float[] sum;
  private final float[] frame;

  /// Bins that are not kept are never written and stay 0.
  private final float[][] block;

  public Synthesis(Framing framing) {
    int size = framing.stft().fftSize();
    this.framing = framing;
    this.window = new float[size];
    double[] hann = Framing.window(size);
    for (int i = 0; i < size; i++) {
      window[i] = (float) (hann[i] / framing.scale() / size);
    }
    double[] exact = framing.weights();
    this.weights = new float[exact.length];
    for (int i = 0; i < exact.length; i++) {
      weights[i] = (float) exact[i];
    }
    this.sum = new float[framing.span()];
    this.frame = new float[size];
    this.block = new float[Analysis.BLOCK][size + 2];
    this.fft = RealFft.inverse(size);
  }

  /// Writes the stereo signal of a spectrum.
  public void of(Spectrum spectrum, float[][] sound) {
    for (int channel = 0; channel < 2; channel++) {
      Arrays.fill(sound[channel], 0, framing.samples(), 0);
      add(spectrum.real(channel), spectrum.imaginary(channel), sound[channel]);
    }
  }

  /// Adds the signal of a spectrum to what is there.
  public void add(Spectrum spectrum, float[][] sound) {
    for (int channel = 0; channel < 2; channel++) {
      add(spectrum.real(channel), spectrum.imaginary(channel), sound[channel]);
    }
  }

  private void add(float[] real, float[] imaginary, float[] sound) {
    Arrays.fill(sum, 0);
    for (int first = 0; first < framing.frames(); first += Analysis.BLOCK) {
      int count = Math.min(Analysis.BLOCK, framing.frames() - first);
      turn(first, count, real, imaginary);
      for (int i = 0; i < count; i++) {
        fft.transform(block[i], frame);
        int at = (first + i) * framing.stft().hop();
        for (int j = 0; j < window.length; j++) {
          sum[at + j] += frame[j] * window[j];
        }
      }
    }
    int lead = framing.lead();
    for (int i = 0; i < weights.length; i++) {
      sound[i] += sum[lead + i] * weights[i];
    }
  }

  private void turn(int first, int count, float[] real, float[] imaginary) {
    int frames = framing.frames();
    for (int bin = 0; bin < framing.stft().bins(); bin++) {
      int at = bin * frames + first;
      for (int i = 0; i < count; i++) {
        block[i][2 * bin] = real[at + i];
        block[i][2 * bin + 1] = imaginary[at + i];
      }
    }
  }

  @Override
  public void close() {
    fft.close();
  }
}
