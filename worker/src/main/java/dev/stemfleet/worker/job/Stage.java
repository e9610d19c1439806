package dev.stemfleet.worker.job;

import java.util.Locale;

/// The steps of a job, in order.
public enum Stage {
  /// Sound and pictures are found.
  RESOLVE(0.02),
  /// The sound is decoded once for its loudness.
  MEASURE(0.10),
  /// The sound is decoded again, separated, and every stem encoded.
  SEPARATE(0.70),
  /// The pictures are loaded, which began with the job, as drawing and encoding the frames did: the
  /// rest of it.
  DRAW(0.05),
  /// One video per stem is written, once its frame is encoded.
  VIDEO(0.10),
  /// The outputs are moved to where people look for them.
  PLACE(0.03);

  private final double share;

  Stage(double share) {
    this.share = share;
  }

  /// Its name in events and results.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// How far a whole job is when this stage is done to a fraction: a guess, for progress bars only.
  public double overall(double fraction) {
    double before = 0;
    for (Stage stage : values()) {
      if (stage == this) {
        break;
      }
      before += stage.share;
    }
    return Math.clamp(before + share * fraction, 0, 1);
  }
}
