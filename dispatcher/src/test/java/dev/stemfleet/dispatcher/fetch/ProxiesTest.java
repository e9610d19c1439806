package dev.stemfleet.dispatcher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.fixture.Certificates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files from hosts that only a proxy can reach: `models.test` is no name that this machine knows.
final class ProxiesTest {
  private static final byte[] BYTES = "a network".getBytes(StandardCharsets.UTF_8);
  private static final Watcher NOBODY =
      new Watcher() {
        @Override
        public void at(long bytes, long total) {}

        @Override
        public void trying(String why, long bytes, Duration pause) {}
      };

  @TempDir private Path folder;

  @Test
  void anEncryptedFileComesThroughATunnel() throws Exception {
    SSLContext usual = SSLContext.getDefault();
    SSLContext ours = Certificates.of("models.test", folder);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(ours));
    server.createContext(
        "/net.onnx",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, BYTES.length);
            exchange.getResponseBody().write(BYTES);
          }
        });
    server.start();
    SSLContext.setDefault(ours);
    try (TunnelProxy proxy = new TunnelProxy(server.getAddress().getPort());
        Fetcher fetcher = fetcher(Map.of("HTTPS_PROXY", proxy.address()))) {
      Fetched fetched = fetch(fetcher, "https://models.test/net.onnx");

      assertThat(fetched.file()).hasBinaryContent(BYTES);
      assertThat(proxy.asked()).containsExactly("CONNECT models.test:443 HTTP/1.1");
    } finally {
      SSLContext.setDefault(usual);
      server.stop(0);
    }
  }

  @Test
  void anOpenFileIsAskedOfTheProxyItself() throws Exception {
    try (FileServer proxy = new FileServer();
        Fetcher fetcher = fetcher(Map.of("http_proxy", proxy.uri("").toString()))) {
      proxy.file("/net.onnx", BYTES, "\"v1\"");

      assertThat(fetch(fetcher, "http://models.test/net.onnx").file()).hasBinaryContent(BYTES);
    }
  }

  @Test
  void hostsThatNeedNoProxyAreAskedThemselves() throws Exception {
    try (FileServer server = new FileServer();
        Fetcher fetcher =
            fetcher(Map.of("HTTP_PROXY", "nowhere.test:1", "NO_PROXY", "a.test, 127.0.0.1"))) {
      server.file("/net.onnx", BYTES, "\"v1\"");

      assertThat(fetch(fetcher, server.uri("/net.onnx").toString()).file()).hasBinaryContent(BYTES);
    }
  }

  @Test
  void variablesMeanWhatTheyMeanElsewhere() {
    Proxies proxies =
        Proxies.of(
            Map.of(
                "https_proxy", "http://small:3128",
                "HTTPS_PROXY", "http://large:3128",
                "ALL_PROXY", "all",
                "no_proxy", "hub.test,.cdn.test,*.other.test,port.test:8443"));

    assertThat(proxies.of(URI.create("https://x.test/f")))
        .hasToString("Optional[small/<unresolved>:3128]");
    assertThat(proxies.of(URI.create("http://x.test/f")))
        .hasToString("Optional[all/<unresolved>:80]");
    for (String direct :
        new String[] {"hub.test", "a.hub.test", "b.cdn.test", "c.OTHER.test", "port.test:8443"}) {
      assertThat(proxies.of(URI.create("https://" + direct + "/f"))).as(direct).isEmpty();
    }
    for (String other : new String[] {"nohub.test", "hub.test.com", "port.test"}) {
      assertThat(proxies.of(URI.create("https://" + other + "/f"))).as(other).isPresent();
    }
    assertThat(Proxies.of(Map.of("ALL_PROXY", "p", "NO_PROXY", "*")).of(URI.create("http://x")))
        .isEmpty();
  }

  @Test
  void whatIsNoProxyIsRefusedWithoutShowingItsPassword() {
    for (String wrong :
        new String[] {"socks5://host:1", "http://", "http://ann:hush@host:80", "a b"}) {
      assertThatExceptionOfType(RequestException.class)
          .isThrownBy(() -> Proxies.of(Map.of("HTTPS_PROXY", wrong)))
          .withMessageStartingWith("HTTPS_PROXY: ")
          .withMessageNotContaining("hush");
    }
  }

  private Fetched fetch(Fetcher fetcher, String uri) throws Exception {
    Address address = Address.parse(uri, Address.HUGGING_FACE);
    return fetcher.fetch(
        new Order(address, folder.resolve("net.onnx"), 1000, Sha256.of(BYTES)), NOBODY);
  }

  private static Fetcher fetcher(Map<String, String> environment) {
    return Fetcher.of(Patience.USUAL, Address.HUGGING_FACE, "", Proxies.of(environment));
  }
}
