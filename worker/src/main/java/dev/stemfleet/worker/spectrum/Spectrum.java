package dev.stemfleet.worker.spectrum;

import java.util.Arrays;

/// The complex spectrum of a stereo signal. Large, and changed in place: belongs to one thread at a
/// time. Indices of a channel: bin · frames + frame.
public final class Spectrum {
  private final int bins;
  private final int frames;
  private final float[][] real;
  private final float[][] imaginary;

  public Spectrum(int bins, int frames) {
    this.bins = bins;
    this.frames = frames;
    this.real = new float[2][Math.multiplyExact(bins, frames)];
    this.imaginary = new float[2][bins * frames];
  }

  public int bins() {
    return bins;
  }

  public int frames() {
    return frames;
  }

  public float[] real(int channel) {
    return real[channel];
  }

  public float[] imaginary(int channel) {
    return imaginary[channel];
  }

  /// Real or imaginary part, 0 or 1.
  public float[] part(int channel, int part) {
    return part == 0 ? real[channel] : imaginary[channel];
  }

  /// What a value of a channel is without its phase.
  public float magnitude(int channel, int at) {
    float re = real[channel][at];
    float im = imaginary[channel][at];
    return (float) Math.sqrt(re * re + im * im);
  }

  /// Writes a channel without its phases.
  public void magnitudes(int channel, float[] to) {
    for (int at = 0; at < bins * frames; at++) {
      to[at] = magnitude(channel, at);
    }
  }

  /// Silences bins from `first` to before `end`.
  public void clear(int first, int end) {
    for (int channel = 0; channel < 2; channel++) {
      Arrays.fill(real[channel], first * frames, end * frames, 0);
      Arrays.fill(imaginary[channel], first * frames, end * frames, 0);
    }
  }
}
