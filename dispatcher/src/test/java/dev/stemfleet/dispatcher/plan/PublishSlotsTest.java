package dev.stemfleet.dispatcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// In Berlin the clock goes from 02:00 to 03:00 on 2026-03-29 and from 03:00 back to 02:00 on
/// 2026-10-25.
final class PublishSlotsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void theDailyTimeStaysWhenSummerTimeBegins() {
    assertThat(slots("2026-03-28T18:00", Duration.ofDays(1), 3))
        .containsExactly(
            "2026-03-28T18:00+01:00", "2026-03-29T18:00+02:00", "2026-03-30T18:00+02:00");
  }

  @Test
  void theDailyTimeStaysWhenSummerTimeEnds() {
    assertThat(slots("2026-10-24T18:00", Duration.ofHours(24), 3))
        .containsExactly(
            "2026-10-24T18:00+02:00", "2026-10-25T18:00+01:00", "2026-10-26T18:00+01:00");
  }

  @Test
  void halfADayStaysAtItsTwoTimesToo() {
    assertThat(slots("2026-03-28T18:00", Duration.ofHours(12), 4))
        .containsExactly(
            "2026-03-28T18:00+01:00",
            "2026-03-29T06:00+02:00",
            "2026-03-29T18:00+02:00",
            "2026-03-30T06:00+02:00");
  }

  @Test
  void aTimeThatTheClockSkipsIsMovedForward() {
    assertThat(slots("2026-03-28T02:30", Duration.ofDays(1), 3))
        .containsExactly(
            "2026-03-28T02:30+01:00", "2026-03-29T03:30+02:00", "2026-03-30T02:30+02:00");
  }

  @Test
  void aTimeThatOccursTwiceIsTheFirstOfTheTwo() {
    assertThat(slots("2026-10-24T02:30", Duration.ofDays(1), 3))
        .containsExactly(
            "2026-10-24T02:30+02:00", "2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
  }

  @Test
  void shortStepsLeaveSkippedTimesOutSoThatNoTwoSlotsFallTogether() {
    assertThat(slots("2026-03-29T01:30", Duration.ofMinutes(30), 4))
        .containsExactly(
            "2026-03-29T01:30+01:00",
            "2026-03-29T03:00+02:00",
            "2026-03-29T03:30+02:00",
            "2026-03-29T04:00+02:00");
  }

  @Test
  void slotsAlwaysRise() {
    for (int minutes : new int[] {7, 30, 59, 60, 61, 90, 120, 360, 1440, 1500}) {
      for (String start : List.of("2026-03-28T00:10", "2026-10-24T00:10")) {
        List<OffsetDateTime> slots =
            new PublishSlots(LocalDateTime.parse(start), Duration.ofMinutes(minutes), BERLIN)
                .first(400);

        assertThat(slots.stream().map(OffsetDateTime::toInstant).toList())
            .as("every %d min from %s", minutes, start)
            .isSorted()
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void withoutAStepAllSlotsAreTheStart() {
    assertThat(slots("2026-03-29T02:30", Duration.ZERO, 2))
        .containsExactly("2026-03-29T03:30+02:00", "2026-03-29T03:30+02:00");
  }

  @Test
  void timeDoesNotRunBackwards() {
    assertThatThrownBy(() -> slots("2026-03-29T02:30", Duration.ofHours(-1), 2))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("publish.every");
  }

  private static List<String> slots(String start, Duration every, int count) {
    return new PublishSlots(LocalDateTime.parse(start), every, BERLIN)
        .first(count).stream().map(OffsetDateTime::toString).toList();
  }
}
