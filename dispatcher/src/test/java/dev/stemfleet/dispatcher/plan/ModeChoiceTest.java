package dev.stemfleet.dispatcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.dispatcher.plan.ModeChoice.Entry;
import dev.stemfleet.dispatcher.plan.ModeChoice.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModeChoiceTest {
  @ParameterizedTest
  @CsvSource({
    "new, NEW, false",
    "failed, FAILED, false",
    "last, LATEST, false",
    "latest, LATEST, false",
    "all, ALL, false",
    "last-new, LATEST, true",
    "new-last, LATEST, true",
    "latest-new, LATEST, true",
    "all-new, ALL, true",
    "new-all, ALL, true"
  })
  void aModeHasSeveralSpellings(String text, Mode mode, boolean anew) {
    assertThat(ModeChoice.parse(text).of("friday")).contains(new Entry(null, mode, anew));
  }

  @Test
  void jobsMayHaveModesOfTheirOwn() {
    ModeChoice choice = ModeChoice.parse("friday:last-new, mon*:all, failed");

    assertThat(choice.of("friday")).map(Entry::mode).contains(Mode.LATEST);
    assertThat(choice.of("monday-two")).map(Entry::mode).contains(Mode.ALL);
    assertThat(choice.of("tuesday")).map(Entry::mode).contains(Mode.FAILED);
    assertThat(ModeChoice.parse("friday:all").of("monday")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lates", "", "friday:", "friday:every", ":all", "all,failed"})
  void whatIsNoModeIsRefusedWithoutAsking(String text) {
    assertThatThrownBy(() -> ModeChoice.parse(text))
        .isInstanceOf(RequestException.class)
        .hasMessageStartingWith("--mode: ");
    assertThatThrownBy(() -> ModeChoice.parse("lates"))
        .hasMessageContainingAll("did you mean latest?", "Known: new, failed, latest");
  }

  @ParameterizedTest
  @CsvSource({
    "my_job*, my-job-two, true",
    "my-job, MY_JOB, true",
    "job[1-3], job2, true",
    "job[1-3], job4, false",
    "job[!1-3], job4, true",
    "job[ab]?, jobax, true",
    "job[, job[, true",
    "a.b, axb, false"
  })
  void patternsAreAsInShells(String pattern, String name, boolean matches) {
    assertThat(new NamePattern(pattern).test(name)).isEqualTo(matches);
  }
}
