package dev.stemfleet.worker.audio;

import dev.stemfleet.common.domain.speech.Levelling;
import org.jspecify.annotations.Nullable;

/// Measures mono sound as it flows by. Confined to one thread at a time.
interface SpokenMeter {
  /// Keeps the logarithm of silence a number.
  double FLOOR = 1e-10;

  void write(float[] mono, int count);

  /// Relative to full scale; null if it is gated to nothing.
  @Nullable Double decibels();

  /// @throws IllegalArgumentException for OFF, which measures nothing
  static SpokenMeter of(Levelling.Method method, int rateHz) {
    return switch (method) {
      case PEAK -> new Peak();
      case RMS -> new Rms();
      case LUFS -> new Lufs(rateHz);
      case OFF -> throw new IllegalArgumentException("nothing is to be measured");
    };
  }

  /// The highest sample.
  final class Peak implements SpokenMeter {
    private double peak;

    @Override
    public void write(float[] mono, int count) {
      for (int i = 0; i < count; i++) {
        peak = Math.max(peak, Math.abs(mono[i]));
      }
    }

    @Override
    public Double decibels() {
      return Sound.decibels(peak + FLOOR);
    }
  }

  /// The root of the mean of all squares.
  final class Rms implements SpokenMeter {
    private double sum;
    private long samples;

    @Override
    public void write(float[] mono, int count) {
      for (int i = 0; i < count; i++) {
        sum += (double) mono[i] * mono[i];
      }
      samples += count;
    }

    @Override
    public Double decibels() {
      return Sound.decibels(Math.sqrt(sum / Math.max(1, samples)) + FLOOR);
    }
  }

  /// Integrated loudness of one channel.
  final class Lufs implements SpokenMeter {
    private final LoudnessMeter meter;
    private float[] silence = {};

    Lufs(int rateHz) {
      meter = new LoudnessMeter(rateHz);
    }

    @Override
    public void write(float[] mono, int count) {
      if (silence.length < count) {
        silence = new float[count];
      }
      meter.write(mono, silence, count);
    }

    @Override
    public @Nullable Double decibels() {
      return meter.loudness().integratedLufs();
    }
  }
}
