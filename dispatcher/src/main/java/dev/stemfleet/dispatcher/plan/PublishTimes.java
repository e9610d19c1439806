package dev.stemfleet.dispatcher.plan;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Publish times as people write them.
public final class PublishTimes {
  private static final Pattern STEP = Pattern.compile("\\G\\s*([0-9]{1,5})\\s*([wdhm])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "w", Duration.ofDays(7),
          "d", Duration.ofDays(1),
          "h", Duration.ofHours(1),
          "m", Duration.ofMinutes(1));

  private PublishTimes() {}

  /// @param start `2026-05-01T18:00`, or with an offset (`…+02:00`, `…Z`); null for no times at all
  /// @param every as [#step] reads it, null for the same time for all
  /// @param zone such as `Europe/Berlin`; null for the offset of `start`, else for `usualZone`
  /// @throws RequestException naming the field
  public static @Nullable PublishSlots slots(
      @Nullable String start, @Nullable String every, @Nullable String zone, ZoneId usualZone) {
    if (start == null) {
      if (every != null || zone != null) {
        throw new RequestException("publish.start: is needed with every and zone");
      }
      return null;
    }
    ZoneId named = zone == null ? null : zone(zone);
    Duration step = every == null ? Duration.ZERO : step(every);
    String text = start.strip().replace(' ', 'T');
    try {
      if (text.matches(".*T.*([+-]\\d{2}:?\\d{2}|Z)")) {
        OffsetDateTime at = OffsetDateTime.parse(text);
        ZoneId in = named == null ? at.getOffset() : named;
        return new PublishSlots(at.atZoneSameInstant(in).toLocalDateTime(), step, in);
      }
      return new PublishSlots(LocalDateTime.parse(text), step, named == null ? usualZone : named);
    } catch (DateTimeException e) {
      throw new RequestException(
          "publish.start: '" + start + "' is no time such as 2026-05-01T18:00");
    }
  }

  /// `1d`, `12h`, `90m`, `1w`, `1d12h`, or ISO 8601 (`PT12H`).
  ///
  /// @throws RequestException if it is none, or nothing
  public static Duration step(String text) {
    Duration step = text.startsWith("P") ? iso(text) : units(text);
    if (step.isZero() || step.isNegative()) {
      throw new RequestException("publish.every: '" + text + "' is no time such as 1d or 12h");
    }
    return step;
  }

  private static Duration units(String text) {
    Duration sum = Duration.ZERO;
    Matcher matcher = STEP.matcher(text.strip());
    int end = 0;
    while (matcher.find()) {
      Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
      sum = sum.plus(unit.multipliedBy(Long.parseLong(matcher.group(1))));
      end = matcher.end();
    }
    return end == text.strip().length() ? sum : Duration.ZERO;
  }

  private static Duration iso(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new RequestException("publish.zone: '" + text + "' is no zone such as Europe/Berlin");
    }
  }
}
