package dev.stemfleet.worker.audio;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/// Says of every two neighbouring frames of 1024 samples whether a coefficient of their MDCT can be
/// greater than that of a sine of a certain amplitude. Confined to one thread at a time.
///
/// For any phase, an MDCT coefficient is at most the magnitude of the windowed sound's Fourier
/// transform at the same frequency, (k + 1/2) · 44100 Hz / 2048; a sine of amplitude A has A times
/// half the sum of the window there. Where even the windowed magnitudes' sum stays below, as in
/// most sound, nothing is transformed.
final class LoudestTone {
  /// Samples in a frame.
  static final int FRAME = Fourier.SIZE / 2;

  private static final double[] WINDOW = new double[Fourier.SIZE];
  private static final double[] COSINES = new double[Fourier.SIZE];
  private static final double[] SINES = new double[Fourier.SIZE];
  private static final double SINE_OF_ONE;

  static {
    for (int i = 0; i < Fourier.SIZE; i++) {
      WINDOW[i] = Math.sin(Math.PI * (i + 0.5) / Fourier.SIZE);
      COSINES[i] = WINDOW[i] * Math.cos(Math.PI * i / Fourier.SIZE);
      SINES[i] = WINDOW[i] * -Math.sin(Math.PI * i / Fourier.SIZE);
    }
    SINE_OF_ONE = Arrays.stream(WINDOW).sum() / 2;
  }

  private final double limit;
  private final float[] left = new float[Fourier.SIZE];
  private final float[] right = new float[Fourier.SIZE];
  private final Fourier fourier = new Fourier();

  /// @param amplitude of the sine that may be passed or not; full scale is 1
  LoudestTone(double amplitude) {
    limit = amplitude * SINE_OF_ONE;
  }

  /// Whether the frame before and this one together pass the limit. What is before the first frame
  /// is silent.
  ///
  /// @param frame of at most 1024 samples, planar float; null for a silent one
  boolean passes(@Nullable AVFrame frame) {
    shift(left, frame, 0);
    shift(right, frame, 1);
    if (sum(left) <= limit && sum(right) <= limit) {
      return false;
    }
    return highestPower() > limit * limit;
  }

  private static void shift(float[] samples, @Nullable AVFrame frame, int channel) {
    System.arraycopy(samples, FRAME, samples, 0, FRAME);
    int count = frame == null ? 0 : frame.nb_samples();
    if (frame != null) {
      new FloatPointer(frame.data(channel)).get(samples, FRAME, count);
    }
    Arrays.fill(samples, FRAME + count, samples.length, 0);
  }

  private static double sum(float[] samples) {
    double sum = 0;
    for (int i = 0; i < samples.length; i++) {
      sum += WINDOW[i] * Math.abs(samples[i]);
    }
    return sum;
  }

  /// Of any bin of either channel.
  private double highestPower() {
    for (int i = 0; i < Fourier.SIZE; i++) {
      fourier.set(
          i,
          COSINES[i] * left[i] - SINES[i] * right[i],
          COSINES[i] * right[i] + SINES[i] * left[i]);
    }
    fourier.transform();
    double highest = 0;
    for (int bin = 0; bin < FRAME; bin++) {
      // Left was the real part, right the imaginary one: the mirrored bin tells them apart.
      int mirror = Fourier.SIZE - 1 - bin;
      double leftReal = fourier.real(bin) + fourier.real(mirror);
      double leftImaginary = fourier.imaginary(bin) - fourier.imaginary(mirror);
      double rightReal = fourier.imaginary(bin) + fourier.imaginary(mirror);
      double rightImaginary = fourier.real(mirror) - fourier.real(bin);
      highest = Math.max(highest, leftReal * leftReal + leftImaginary * leftImaginary);
      highest = Math.max(highest, rightReal * rightReal + rightImaginary * rightImaginary);
    }
    return highest / 4;
  }
}
