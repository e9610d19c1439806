package dev.stemfleet.common.domain.speech;

import org.jspecify.annotations.Nullable;

/// In how many ways each chunk is spoken: from as told to ever freer, and one that is plain.
///
/// @param count of candidates, 1 or more
/// @param retries more, if none of a chunk is valid
/// @param told what the first candidate has
/// @param deviation how far the last of the expressive ones goes: less exaggeration, more guidance,
///   more temperature
/// @param plain what the conservative one has; null for none. It takes the last place
public record Candidates(
    int count,
    int retries,
    SpeechParameters told,
    Deviation deviation,
    @Nullable SpeechParameters plain) {
  public static final Candidates USUAL =
      new Candidates(
          2,
          1,
          SpeechParameters.USUAL,
          new Deviation(0.10, 0.20, 0.20),
          SpeechParameters.USUAL.varied(0.4, 0.35, 0.8).withNucleus(0.08, 0.9));

  private static final double RETRY_SPREAD = 0.05;

  /// How a candidate came to be.
  public enum Kind {
    EXPRESSIVE,
    CONSERVATIVE,
    RETRY_CONSERVATIVE
  }

  /// What is added or taken away at most.
  public record Deviation(double exaggeration, double guidance, double temperature) {}

  /// A place in the row of a chunk's candidates. Whoever fills it again speaks it the same way.
  public record Slot(int index, Kind kind, SpeechParameters parameters) {}

  public Candidates {
    if (count < 1) {
      throw new IllegalArgumentException("num_candidates is " + count + "; it must be 1 or more");
    }
    if (retries < 0) {
      throw new IllegalArgumentException("max_retries is " + retries + "; it must be 0 or more");
    }
  }

  /// All places, those of retries included.
  public int places() {
    return count + retries;
  }

  /// @param index 0…count−1 for the candidates, then the retries
  public Slot slot(int index) {
    if (index >= count) {
      return new Slot(index, Kind.RETRY_CONSERVATIVE, retry(index - count));
    }
    if (plain != null && index == count - 1) {
      return new Slot(index, Kind.CONSERVATIVE, plain);
    }
    return new Slot(index, Kind.EXPRESSIVE, expressive(index));
  }

  private SpeechParameters expressive(int index) {
    int expressive = plain == null ? count : count - 1;
    if (index == 0 || expressive == 1) {
      return told;
    }
    double ramp = index / (expressive - 1.0);
    return told.varied(
        told.exaggeration() - deviation.exaggeration() * ramp,
        told.guidance() + deviation.guidance() * ramp,
        told.temperature() + deviation.temperature() * ramp);
  }

  private SpeechParameters retry(int retry) {
    SpeechParameters base = plain == null ? told.varied(0.45, 0.4, 0.8) : plain;
    double variation =
        retry == 0 ? 0 : RETRY_SPREAD * (2 * (retry - 1.0) / Math.max(1, retries - 2) - 1);
    return told.varied(
        Math.clamp(base.exaggeration() + variation, 0.1, 1.0),
        Math.clamp(base.guidance() + variation, 0.1, 1.0),
        Math.clamp(base.temperature() + variation, 0.1, 2.0));
  }
}
