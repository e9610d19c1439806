package dev.stemfleet.dispatcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Wire;
import dev.stemfleet.dispatcher.plan.NamePattern;
import dev.stemfleet.fixture.Jobs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class BatchGlanceTest {
  private final BatchGlance glance = new BatchGlance(new NamePattern("friday*"));

  @Test
  void tellsJobsOfWantedBatches() {
    assertThat(glance.concerns(Wire.write(Jobs.job("Friday-drop", "main")))).isTrue();
    assertThat(glance.concerns(Wire.write(Jobs.job("monday", "main")))).isFalse();
    assertThat(glance.concerns(Wire.write(Jobs.job("friday", "main")))).isTrue();
  }

  @Test
  void readsWhatItCannotTell() {
    assertThat(glance.concerns(bytes("{\"type\":\"heartbeat\"}"))).isTrue();
    assertThat(glance.concerns(bytes("{\"batch\":\"m\\u006fnday\"}"))).isTrue();
    assertThat(glance.concerns(bytes("{\"batch\": \"monday\"}"))).isTrue();
    assertThat(glance.concerns(bytes("no JSON"))).isTrue();
  }

  @Test
  void isNotMisledByTexts() {
    String text = "{\"title\":\"\\\"batch\\\":\\\"friday\\\"\",\"batch\":\"monday\"}";

    assertThat(glance.concerns(bytes(text))).isFalse();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
