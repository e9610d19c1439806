package dev.stemfleet.worker.spectrum;

import java.util.Arrays;

/// Makes spectra of signals. Used by one thread at a time, closed by its owner.
public final class Analysis implements AutoCloseable {
  /// Frames that are turned from time-major to bin-major together.
  static final int BLOCK = 16;

  private final Framing framing;
  private final RealFft fft;
  private final float[] window;
  private final float[] padded;
  private final float[] frame;
  private final float[][] block;

  public Analysis(Framing framing) {
    int size = framing.stft().fftSize();
    this.framing = framing;
    this.window = new float[size];
    double[] hann = Framing.window(size);
    for (int i = 0; i < size; i++) {
      window[i] = (float) (hann[i] * framing.scale());
    }
    this.padded = new float[framing.span()];
    this.frame = new float[size];
    this.block = new float[BLOCK][size + 2];
    this.fft = RealFft.forward(size);
  }

  public Framing framing() {
    return framing;
  }

  /// Makes a spectrum of the right size for [#of].
  public Spectrum spectrum() {
    return new Spectrum(framing.stft().bins(), framing.frames());
  }

  /// Writes the spectrum of a stereo signal.
  public void of(float[][] sound, Spectrum spectrum) {
    for (int channel = 0; channel < 2; channel++) {
      of(sound[channel], spectrum.real(channel), spectrum.imaginary(channel));
    }
  }

  /// Writes the spectrum of one channel; index bin · frames + frame.
  public void of(float[] sound, float[] real, float[] imaginary) {
    pad(sound);
    for (int first = 0; first < framing.frames(); first += BLOCK) {
      int count = Math.min(BLOCK, framing.frames() - first);
      for (int i = 0; i < count; i++) {
        int at = (first + i) * framing.stft().hop();
        for (int j = 0; j < window.length; j++) {
          frame[j] = padded[at + j] * window[j];
        }
        fft.transform(frame, block[i]);
      }
      turn(first, count, real, imaginary);
    }
  }

  private void turn(int first, int count, float[] real, float[] imaginary) {
    int frames = framing.frames();
    for (int bin = 0; bin < framing.stft().bins(); bin++) {
      int at = bin * frames + first;
      for (int i = 0; i < count; i++) {
        real[at + i] = block[i][2 * bin];
        imaginary[at + i] = block[i][2 * bin + 1];
      }
    }
  }

  private void pad(float[] sound) {
    int lead = framing.lead();
    int samples = framing.samples();
    System.arraycopy(sound, 0, padded, lead, samples);
    if (framing.reflected()) {
      for (int i = 1; i <= lead; i++) {
        padded[lead - i] = i < samples ? sound[i] : 0;
      }
      for (int i = lead + samples; i < padded.length; i++) {
        int mirrored = 2 * samples - 2 - (i - lead);
        padded[i] = mirrored >= 0 ? sound[mirrored] : 0;
      }
    } else {
      Arrays.fill(padded, 0, lead, 0);
      Arrays.fill(padded, lead + samples, padded.length, 0);
    }
  }

  @Override
  public void close() {
    fft.close();
  }
}
