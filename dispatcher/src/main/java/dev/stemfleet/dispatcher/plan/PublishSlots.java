package dev.stemfleet.dispatcher.plan;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/// When the tracks of a batch appear: at a local time, and then again and again after a stretch of
/// the wall clock, so that "every day at 18:00" stays at 18:00 when daylight saving begins or ends.
///
/// A local time that the clock skips is moved forward by what is skipped (02:30 → 03:30), or left
/// out when `every` is no longer than that, so that no two slots fall together. A local time that
/// occurs twice is the first of the two.
///
/// @param start wall-clock time of the first slot
/// @param every wall-clock time between slots, a day being 24 hours; zero for one slot for all
public record PublishSlots(LocalDateTime start, Duration every, ZoneId zone) {
  public PublishSlots {
    if (every.isNegative()) {
      throw new RequestException("publish.every: must not be negative");
    }
  }

  /// The first `count` slots, each with the offset that holds then.
  public List<OffsetDateTime> first(int count) {
    List<OffsetDateTime> slots = new ArrayList<>(count);
    for (long i = 0; slots.size() < count; i++) {
      LocalDateTime local = start.plus(every.multipliedBy(i));
      if (!leftOut(local)) {
        slots.add(ZonedDateTime.ofLocal(local, zone, null).toOffsetDateTime());
      }
    }
    return slots;
  }

  private boolean leftOut(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null
        && change.isGap()
        && !every.isZero()
        && every.compareTo(change.getDuration()) <= 0;
  }
}
