package dev.stemfleet.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.YamlFile;
import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.fixture.Jobs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Small texts that would become large, or deep, where a parser believes them.
final class TextBombsTest {
  /// What people write: a name and lists of names.
  record Written(String name, Map<String, List<String>> lists) {}

  @Test
  void aliasesOfAliasesAreNotMultiplied() {
    StringBuilder laughs = new StringBuilder("name: a\nlists:\n  l0: &l0 [ha, ha]\n");
    for (int level = 1; level < 60; level++) {
      int before = level - 1;
      laughs.append("  l%d: &l%d [*l%d, *l%d]\n".formatted(level, level, before, before));
    }

    Written written = YamlFile.parse("a.yaml", laughs.toString(), Written.class);

    assertThat(written.lists()).hasSize(60);
    assertThat(written.lists().values()).allSatisfy(list -> assertThat(list).hasSize(2));
  }

  @Test
  void anAliasOfItselfIsRefused() {
    assertRefused("name: a\nlists: &self\n  a: *self\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? "})
  void depthIsLimitedInYaml(String opening) {
    assertRefused("name: a\nlists:\n  a: " + opening.repeat(20_000));
  }

  @Test
  void lengthIsLimitedInYaml() {
    assertRefused("name: " + "x".repeat(30 << 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"!!java.net.URL [\"http://127.0.0.1\"]", "!!javax.script.ScriptEngineManager []"})
  void noClassIsMadeBecauseYamlNamesIt(String tagged) {
    assertRefused("name: a\nlists: " + tagged);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"schema\":"})
  void depthIsLimitedOnTheWire(String opening) {
    byte[] deep = opening.repeat(200_000).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Wire.read(deep, Control.class))
        .isInstanceOf(WireException.class)
        .message()
        .hasSizeLessThan(1100);
  }

  @Test
  void aNumberOfAThousandDigitsIsRefused() {
    String message = "{\"schema\": \"1.0\", \"target\": " + "9".repeat(500_000) + "}";

    assertThatThrownBy(() -> Wire.read(message.getBytes(StandardCharsets.UTF_8), Control.class))
        .isInstanceOf(WireException.class);
  }

  @Test
  void aJobIsNoLongerThanItsAnswerMayBe() {
    assertThatThrownBy(() -> Wire.readJob(new byte[Job.MOST_BYTES + 1]))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("at most 524288");
  }

  @Test
  void timesAtTheEndsOfAllTimeAreRefused() {
    for (String time : List.of("+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z")) {
      String message =
          """
          {"schema": "1.0", "action": "cancel", "target": "a", "requestedAt": "%s"}
          """
              .formatted(time);

      assertThatThrownBy(() -> Wire.read(message.getBytes(StandardCharsets.UTF_8), Control.class))
          .isInstanceOf(WireException.class)
          .hasMessageContaining("requestedAt");
    }
  }

  /// A deadline of less than nothing, or of more than a clock can count, would end the worker or
  /// blind its watch.
  @ParameterizedTest
  @ValueSource(strings = {"-1", "-1e300", "1e300", "1e7"})
  void aTrackHasALengthThatTracksHave(String seconds) {
    String job = new String(Wire.write(Jobs.job("a", "main")), StandardCharsets.UTF_8);
    String hostile = job.replace("\"seconds\":240.0", "\"seconds\":" + seconds);

    assertThat(hostile).isNotEqualTo(job);
    assertThatThrownBy(() -> Wire.readJob(hostile.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("seconds");
  }

  private static void assertRefused(String yaml) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> YamlFile.parse("a.yaml", yaml, Written.class))
        .isInstanceOf(ConfigException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .startsWith("a.yaml: ")
                    .doesNotContain("\n", "org.yaml", "Exception")
                    .hasSizeLessThan(1100));
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(20);
  }
}
