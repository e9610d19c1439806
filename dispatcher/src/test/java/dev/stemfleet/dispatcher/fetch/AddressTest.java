package dev.stemfleet.dispatcher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.dispatcher.plan.RequestException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "hf:a/b/c.onnx,https://huggingface.co/a/b/resolve/main/c.onnx,c.onnx",
    "hf:a/b/x/y z.onnx@v1,,",
    "hf:a/b/x/c.onnx@v1,https://huggingface.co/a/b/resolve/v1/x/c.onnx,c.onnx",
    "hf:a/b/c.onnx@refs/pr/1,https://huggingface.co/a/b/resolve/refs%2Fpr%2F1/c.onnx,c.onnx",
    "https://example.org/m/a%20b.onnx?sig=x,https://example.org/m/a%20b.onnx?sig=x,a_b.onnx"
  })
  void addressesAreRead(String text, @Nullable String uri, String fileName) {
    if (uri == null) {
      assertRefused(text);
      return;
    }
    Address address = Address.parse(text, Address.HUGGING_FACE);

    assertThat(address.uri()).hasToString(uri);
    assertThat(address.fileName()).isEqualTo(fileName);
    assertThat(address.shown()).doesNotContain("sig");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hf:a/b",
        "hf:a/b/../c.onnx",
        "ftp://example.org/a.onnx",
        "model.onnx",
        "https://me:secret@example.org/a.onnx",
        "https://example.org/"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertRefused(text);
  }

  @Test
  void theLicenceIsLookedForWhereTheFileIs() {
    Address address = Address.parse("hf:a/b/x/c.onnx", Address.HUGGING_FACE);

    assertThat(address.licences())
        .first()
        .hasToString("https://huggingface.co/a/b/resolve/main/LICENSE");
    assertThat(address.card()).hasToString("https://huggingface.co/a/b/resolve/main/README.md");
  }

  @Test
  void redirectsKeepHttpsAndStayOutOfPrivateNetworks() {
    Map<String, String> hosts =
        Map.of("web", "93.184.216.34", "cdn", "8.8.8.8", "nas", "10.0.0.7", "lan", "192.168.1.2");
    RedirectRule rule =
        new RedirectRule(host -> List.of(InetAddress.getByName(hosts.getOrDefault(host, host))));

    assertFollowed(rule, "https://web/a", "https://cdn/b");
    assertFollowed(rule, "http://web/a", "https://cdn/b");
    assertFollowed(rule, "http://nas/a", "http://lan/b");
    assertFollowed(rule, "http://nas/a", "http://cdn/b");
    assertKept(rule, "https://web/a", "http://cdn/b", "leaves https");
    assertKept(rule, "https://web/a", "https://nas/b", "private");
    assertKept(rule, "https://web/a", "https://[fd00::1]/b", "private");
    assertKept(rule, "https://web/a", "https://100.64.0.1/b", "private");
    assertKept(rule, "http://nas/a", "http://169.254.169.254/b", "private");
    assertKept(rule, "http://nas/a", "http://127.0.0.1/b", "private");
  }

  private static void assertFollowed(RedirectRule rule, String from, String to) {
    assertThatCode(() -> rule.check(URI.create(from), URI.create(from), URI.create(to)))
        .doesNotThrowAnyException();
  }

  private static void assertKept(RedirectRule rule, String from, String to, String why) {
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> rule.check(URI.create(from), URI.create(from), URI.create(to)))
        .withMessageContaining(why);
  }

  private static void assertRefused(String text) {
    assertThatExceptionOfType(RequestException.class)
        .isThrownBy(() -> Address.parse(text, Address.HUGGING_FACE));
  }
}
