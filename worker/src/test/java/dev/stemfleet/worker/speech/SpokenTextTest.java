package dev.stemfleet.worker.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpokenTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "hello  world|Hello world.|Hello world.",
        "wait... what?|Wait,  what?|Wait... what?",
        "a; b: c|A,  b, c.|A; b, c.",
        "one - two|One, two.|One - two.",
        "dash—ed – here ,|Dash-ed - here,|Dash-ed - here,",
        "“so” ‘it’ goes|\"so\" 'it' goes.|\"so\" 'it' goes.",
        "über uns!|Über uns!|Über uns!"
      })
  void isCleanedUpAsItsModelWantsIt(String text, String english, String turbo) {
    assertThat(SpokenText.ENGLISH.of(text)).isEqualTo(english);
    assertThat(SpokenText.TURBO.of(text)).isEqualTo(turbo);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t"})
  void nothingToSayIsRefused(String text) {
    assertThatThrownBy(() -> SpokenText.ENGLISH.of(text)).hasMessage("There is nothing to say.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"你好。", "本当？", "はい、"})
  void sentencesOfTheEastEndAsTheyDo(String text) {
    assertThat(SpokenText.MULTILINGUAL.of(text)).isEqualTo(text);
  }
}
