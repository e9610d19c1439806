package dev.stemfleet.common.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {
  @Test
  void namesAddressesAndBracketsAreUnderstood() {
    assertThat(ListenAddress.parse("127.0.0.1:9464"))
        .isEqualTo(new ListenAddress("127.0.0.1", 9464));
    assertThat(ListenAddress.parse("[::1]:0")).isEqualTo(new ListenAddress("::1", 0));
    assertThat(ListenAddress.parse("[::1]:0")).hasToString("[::1]:0");
    assertThat(ListenAddress.parse(":80")).isEqualTo(new ListenAddress("0.0.0.0", 80));
  }

  @Test
  void whatOnlyThisMachineReachesIsKnown() {
    assertThat(ListenAddress.parse("127.0.0.1:1").loopback()).isTrue();
    assertThat(ListenAddress.parse("[::1]:1").loopback()).isTrue();
    assertThat(ListenAddress.parse("localhost:1").loopback()).isTrue();
    assertThat(ListenAddress.parse("0.0.0.0:1").loopback()).isFalse();
    assertThat(ListenAddress.parse(":1").loopback()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9464", "localhost", "localhost:", "::1:80", "a/b:1", "h:65536"})
  void whatIsNoAddressIsNamed(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
