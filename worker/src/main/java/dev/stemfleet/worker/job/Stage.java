package dev.stemfleet.worker.job;

import java.time.Duration;
import java.util.Locale;

/// The steps of a job, in order.
public enum Stage {
  /// Sound and pictures are found.
  RESOLVE(0, 0.02, Duration.ofMinutes(40), 0, false),
  /// The sound is decoded once for its loudness.
  MEASURE(0.02, 0.10, Duration.ofMinutes(10), 2, true),
  /// The sound is decoded again, separated, and every stem encoded.
  SEPARATE(0.12, 0.70, Duration.ofMinutes(30), 60, true),
  /// A script is spoken and put together, instead of being measured and separated.
  SPEAK(0.02, 0.80, Duration.ofMinutes(30), 60, true),
  /// The pictures are loaded, which began with the job, as drawing and encoding the frames did: the
  /// rest of it.
  DRAW(0.82, 0.05, Duration.ofMinutes(20), 0, false),
  /// One video per stem is written, once its frame is encoded.
  VIDEO(0.87, 0.10, Duration.ofMinutes(20), 10, true),
  /// The outputs are moved to where people look for them.
  PLACE(0.97, 0.03, Duration.ofMinutes(20), 5, false);

  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(20);

  private final double begins;
  private final double share;
  private final Duration least;
  private final double perSecondOfSound;
  private final boolean reports;

  /// @param begins how far a job is when this stage begins, 0…1
  /// @param share of the job's time
  /// @param least time that it has, however short the track
  /// @param perSecondOfSound seconds that come on top
  /// @param reports whether it says on its way how far it is
  Stage(double begins, double share, Duration least, double perSecondOfSound, boolean reports) {
    this.begins = begins;
    this.share = share;
    this.least = least;
    this.perSecondOfSound = perSecondOfSound;
    this.reports = reports;
  }

  /// After so long this stage is stuck: far more than the slowest machine needs.
  ///
  /// @param trackSeconds length of the track
  public Duration deadline(double trackSeconds) {
    return least.plus(Duration.ofMillis((long) (1000 * perSecondOfSound * trackSeconds)));
  }

  /// After so long without getting further it is stuck as well.
  ///
  /// @param trackSeconds length of the track
  public Duration longestSilence(double trackSeconds) {
    return reports ? LONGEST_SILENCE : deadline(trackSeconds);
  }

  /// Its name in events and results.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// How far a whole job is when this stage is done to a fraction: a guess, for progress bars only.
  public double overall(double fraction) {
    return Math.clamp(begins + share * fraction, 0, 1);
  }
}
