package dev.stemfleet.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.Source;
import dev.stemfleet.fixture.Jobs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an address may hold that nobody else is to see.
final class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:hunter2@/a?sig=abc123",
        "http://me:hunter2@[bad/a?sig=abc123",
        "ftp://me:hunter2@host/a?sig=abc123#abc123",
        "file://me:hunter2@?abc123",
        "http://ho st/a?sig=abc123"
      })
  void noMessageAboutAnAddressRepeatsWhatIsSecretInIt(String address) {
    assertThatThrownBy(() -> Source.parse(address))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("hunter2", "abc123");
    String job = new String(Wire.write(Jobs.job("a", "main")), StandardCharsets.UTF_8);
    String hostile = job.replace("file://music/songs/one.wav", address);

    assertThat(hostile).isNotEqualTo(job);
    assertThatThrownBy(() -> Wire.readJob(hostile.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("source")
        .message()
        .doesNotContain("hunter2", "abc123");
  }

  @Test
  void anAddressIsShownWithoutUserAndQuery() {
    assertThat(Source.shown("https://me:pw@h.example/a.mp3?sig=1#x"))
        .isEqualTo("https://h.example/a.mp3");
  }
}
