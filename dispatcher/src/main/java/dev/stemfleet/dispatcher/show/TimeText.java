package dev.stemfleet.dispatcher.show;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Spans of time in words.
public final class TimeText {
  /// Stands for a time that nobody can tell.
  public static final String UNKNOWN = "~";

  private TimeText() {}

  /// `4.2 s`, `38 s`, `3 min 05 s`, `2 h 10 min`, `3 d 4 h`.
  public static String of(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (span.toMillis() < 9_950) {
      return seconds(span.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return "%d min %02d s".formatted(seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return "%d h %02d min".formatted(seconds / 3600, seconds / 60 % 60);
    }
    return "%d d %d h".formatted(seconds / 86_400, seconds / 3600 % 24);
  }

  public static String ofSeconds(double seconds) {
    return of(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /// How long something still takes: whole seconds, or [#UNKNOWN].
  public static String left(Optional<Duration> span) {
    return span.map(TimeText::wholeSeconds).orElse(UNKNOWN);
  }

  private static String wholeSeconds(Duration span) {
    long seconds = Math.max(0, Math.round(span.toMillis() / 1000.0));
    return seconds < 60 ? seconds + " s" : of(Duration.ofSeconds(seconds));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", Math.max(0, seconds));
  }
}
