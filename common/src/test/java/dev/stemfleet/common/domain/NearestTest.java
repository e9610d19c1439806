package dev.stemfleet.common.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  private static final List<String> KNOWN = List.of("main", "acapellas", "sample-split");

  @ParameterizedTest
  @CsvSource({
    "mian, main",
    "Main1, main",
    "acappellas, acapellas",
    "samplesplitt, sample-split",
    "men, "
  })
  void theNameThatIsLikelyMeantIsFound(String text, String expected) {
    assertThat(Nearest.of(text, KNOWN).orElse(null)).isEqualTo(expected);
  }

  @Test
  void theComplaintNamesWhatIsKnown() {
    assertThat(Nearest.complaint("channel", "kazoo", KNOWN))
        .isEqualTo("unknown channel 'kazoo'. Known: main, acapellas, sample-split");
  }
}
