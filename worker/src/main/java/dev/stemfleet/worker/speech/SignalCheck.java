package dev.stemfleet.worker.speech;

import java.util.Locale;
import java.util.Optional;

/// What can be said of spoken sound without understanding it.
///
/// @param peak largest magnitude, full scale is 1
/// @param loudPart part of the 20 ms windows that are not silent, 0…1
/// @param clipped samples in runs of full scale
/// @param secondsPerCharacter of the text, white space included
record SignalCheck(double peak, double loudPart, int clipped, double secondsPerCharacter) {
  private static final double SILENT_PEAK = 0.003;
  private static final double SILENT_RMS = 0.001;
  private static final double LEAST_LOUD_PART = 0.2;
  private static final double FULL = 0.9999;
  private static final int RUN = 4;
  private static final int MOST_CLIPPED = 240;
  private static final int WINDOWS_PER_SECOND = 50;

  /// Hasty speech has 25 characters a second, slow speech 6; single words need time to begin and
  /// end.
  private static final double LEAST_SECONDS_PER_CHARACTER = 0.02;

  private static final double MOST_SECONDS_PER_CHARACTER = 0.35;
  private static final double SECONDS_FOR_SHORT_TEXTS = 3;

  /// @param samples mono
  /// @param text that was to be said
  /// @throws IllegalArgumentException if a sample is no number, or there is none
  static SignalCheck of(float[] samples, int sampleRateHz, String text) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("There is no sound.");
    }
    double peak = 0;
    int run = 0;
    int clipped = 0;
    for (float sample : samples) {
      double magnitude = Math.abs(sample);
      if (!Double.isFinite(magnitude)) {
        throw new IllegalArgumentException("The sound holds what is not a number.");
      }
      peak = Math.max(peak, magnitude);
      run = magnitude >= FULL ? run + 1 : 0;
      clipped += run == RUN ? RUN : run > RUN ? 1 : 0;
    }
    int characters = Math.max(1, text.codePointCount(0, text.length()));
    double seconds = (double) samples.length / sampleRateHz;
    return new SignalCheck(peak, loudPart(samples, sampleRateHz), clipped, seconds / characters);
  }

  private static double loudPart(float[] samples, int sampleRateHz) {
    int window = Math.min(samples.length, sampleRateHz / WINDOWS_PER_SECOND);
    int windows = samples.length / window;
    int loud = 0;
    for (int w = 0; w < windows; w++) {
      double sum = 0;
      for (int i = w * window; i < (w + 1) * window; i++) {
        sum += (double) samples[i] * samples[i];
      }
      if (Math.sqrt(sum / window) > SILENT_RMS) {
        loud++;
      }
    }
    return (double) loud / windows;
  }

  /// Whether there is next to nothing to be heard.
  boolean silent() {
    return peak < SILENT_PEAK || loudPart < LEAST_LOUD_PART;
  }

  /// What is wrong with it, in words.
  ///
  /// @param characters of the text
  Optional<String> fault(int characters) {
    double seconds = secondsPerCharacter * characters;
    if (silent()) {
      return Optional.of("nearly silent");
    }
    if (clipped > MOST_CLIPPED) {
      return Optional.of(clipped + " samples are clipped");
    }
    if (secondsPerCharacter < LEAST_SECONDS_PER_CHARACTER) {
      return Optional.of(
          String.format(
              Locale.ROOT, "%.1f s are too short for %d characters", seconds, characters));
    }
    if (seconds > Math.max(SECONDS_FOR_SHORT_TEXTS, characters * MOST_SECONDS_PER_CHARACTER)) {
      return Optional.of(
          String.format(Locale.ROOT, "%.1f s are too long for %d characters", seconds, characters));
    }
    return Optional.empty();
  }
}
