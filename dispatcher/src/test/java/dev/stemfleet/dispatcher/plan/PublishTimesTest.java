package dev.stemfleet.dispatcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishTimesTest {
  private static final ZoneId USUAL = ZoneId.of("America/New_York");

  @ParameterizedTest
  @CsvSource({
    "1d, 1440",
    "12h, 720",
    "90m, 90",
    "1w, 10080",
    "1d12h, 2160",
    "PT6H, 360",
    "2h 5m, 125"
  })
  void aStepIsReadAsPeopleWriteIt(String text, long minutes) {
    assertThat(PublishTimes.step(text)).isEqualTo(Duration.ofMinutes(minutes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "d", "0d", "-1d", "1x", "1d x", "PT-1H", "daily", "P1M"})
  void whatIsNoStepIsNamed(String text) {
    assertThatThrownBy(() -> PublishTimes.step(text))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("publish.every");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          2026-05-01T18:00       | -             | 2026-05-01T18:00-04:00
          2026-05-01 18:00       | Europe/Berlin | 2026-05-01T18:00+02:00
          2026-05-01T18:00+02:00 | -             | 2026-05-01T18:00+02:00
          2026-05-01T18:00Z      | Europe/Berlin | 2026-05-01T20:00+02:00
          """)
  void aStartIsLocalUnlessItHasAnOffset(String start, String zone, String expected) {
    PublishSlots slots = PublishTimes.slots(start, null, zone, USUAL);

    assertThat(slots.first(1)).isEqualTo(List.of(OffsetDateTime.parse(expected)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          tomorrow         | -  | -    | publish.start
          2026-02-30T18:00 | -  | -    | publish.start
          -                | 1d | -    | publish.start
          2026-05-01T18:00 | -  | Mars | publish.zone
          """)
  void whatIsNoTimeIsNamed(String start, String every, String zone, String field) {
    assertThatThrownBy(() -> PublishTimes.slots(start, every, zone, USUAL))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining(field);
  }

  @Test
  void withoutAStartThereAreNoTimes() {
    assertThat(PublishTimes.slots(null, null, null, USUAL)).isNull();
  }
}
