package dev.stemfleet.worker.audio;

import dev.stemfleet.common.domain.speech.Levelling;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// What is done to a narration's samples to make it as loud as it is to be: a gain, then perhaps a
/// soft curve, then the gain that puts the level back where it was. There is no limiter: by RMS or
/// LUFS the sound may pass full scale, and [Clipping] counts it.
///
/// Source: MoebiusSt/chatterbox-pipeline, audio processor; loudness by ITU-R BS.1770.
///
/// @param measuredDb before; null if nothing was measured, or there is no loudness to speak of
/// @param gainDb in all
/// @param curve steepness of the soft curve, 1 or more; 0 for none
/// @param before factor in front of the curve
/// @param after factor behind it
public record SpokenLevel(
    @Nullable Double measuredDb, double gainDb, double curve, double before, double after) {
  private static final SpokenLevel UNCHANGED = new SpokenLevel(null, 0, 0, 1, 1);
  private static final double STEEPEST = 4;

  /// Finds out what is to be done, for which it listens twice at most.
  public static SpokenLevel of(Levelling wanted, SpokenLine line) {
    if (wanted.method() == Levelling.Method.OFF) {
      return UNCHANGED;
    }
    Double level = measured(wanted.method(), line, sample -> sample);
    if (level == null) {
      return UNCHANGED;
    }
    double before = Sound.factor(wanted.target() - level);
    if (wanted.saturation() == 0) {
      return new SpokenLevel(level, wanted.target() - level, 0, before, 1);
    }
    double curve = 1 + STEEPEST * wanted.saturation();
    SpokenLevel bent = new SpokenLevel(level, wanted.target() - level, curve, before, 1);
    Double flatter = measured(wanted.method(), line, bent::of);
    double after = flatter == null ? 1 : Sound.factor(wanted.target() - flatter);
    return new SpokenLevel(level, wanted.target() - level, curve, before, after);
  }

  /// Level of a narration, by the way it is to be measured; null if it is gated to nothing.
  static @Nullable Double measured(
      Levelling.Method method, SpokenLine line, DoubleUnaryOperator treatment) {
    SpokenMeter meter = SpokenMeter.of(method, line.rateHz());
    line.into(
        (mono, count) -> {
          for (int i = 0; i < count; i++) {
            mono[i] = (float) treatment.applyAsDouble(mono[i]);
          }
          meter.write(mono, count);
        });
    return meter.decibels();
  }

  /// Treats samples in place.
  public void apply(float[] mono, int count) {
    for (int i = 0; i < count; i++) {
      mono[i] = (float) of(mono[i]);
    }
  }

  private double of(double sample) {
    double loud = before * sample;
    return after * (curve == 0 ? loud : Math.tanh(curve * loud) / curve);
  }
}
