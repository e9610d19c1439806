package dev.stemfleet.common.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not done for a server, however it asks, and the ways to spell an address of this
/// network.
final class WebMannersTest {
  @TempDir private Path folder;
  private final List<Headers> asked = new CopyOnWriteArrayList<>();
  private final byte[] bomb = gzip(new byte[20 << 20]);
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aDecompressionBombStaysWhatItIs() throws IOException {
    Path file = folder.resolve("bomb");

    web().fetch(uri("/bomb.gz"), file, bomb.length, _ -> {});

    assertThat(file).hasBinaryContent(bomb);
    assertThat(asked.getFirst().getFirst("Accept-Encoding")).isEqualTo("identity");
  }

  @Test
  void aCookieIsNotTakenAlong() {
    web().fetch(uri("/cookie"), folder.resolve("x"), 100, _ -> {});

    assertThat(asked)
        .hasSize(2)
        .allSatisfy(headers -> assertThat(headers).doesNotContainKey("Cookie"));
  }

  @Test
  void aServerThatWantsAPasswordGetsNone() {
    assertRefused(uri("/password"), FailureCode.SOURCE_FORBIDDEN);

    assertThat(asked)
        .singleElement()
        .satisfies(headers -> assertThat(headers).doesNotContainKey("Authorization"));
  }

  @Test
  void aHeadWithoutEndIsRefused() {
    assertRefused(uri("/head"), FailureCode.SOURCE_UNREACHABLE);
  }

  @Test
  void proxiesOfTheSystemAreNotAsked() {
    ProxySelector before = ProxySelector.getDefault();
    List<URI> selected = new ArrayList<>();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            selected.add(uri);
            return List.of(
                new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("no", 1)));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
    try {
      web().fetch(uri("/song"), folder.resolve("x"), 100, _ -> {});
    } finally {
      ProxySelector.setDefault(before);
    }
    assertThat(selected).isEmpty();
  }

  /// As people who look for a way in spell `127.0.0.1` and its neighbours.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "017700000001",
        "00127.0.0.1",
        "127.1",
        "127.0.0.1.",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:0:127.0.0.1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:169.254.169.254]",
        "2852039166",
        "１２７.0.0.1",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "169.254.169.254:80@example.com",
        "example.com@127.0.0.1"
      })
  void noSpellingOfAnAddressOfThisNetworkLeadsToIt(String host) {
    WebDownload web = new WebDownload(new WebGuard(List.of()), WebLimits.USUAL);
    URI uri = URI.create("http://" + host + "/a.mp3");

    assertThatThrownBy(() -> web.fetch(uri, folder.resolve("no"), 100, _ -> {}))
        .isInstanceOfSatisfying(
            JobException.class,
            e ->
                assertThat(e.code())
                    .isIn(FailureCode.SOURCE_FORBIDDEN, FailureCode.SOURCE_UNREACHABLE))
        .hasMessageMatching(
            ".*(private network|no http\\(s\\) address|user name|nobody knows the host).*");
  }

  @Test
  void aNameThatMeansAnotherMachineBySecondLookIsAskedAtTheFirst() {
    List<InetAddress> answers = new ArrayList<>();
    WebGuard guard =
        new WebGuard(
            List.of("rebound.example"),
            _ -> {
              answers.add(InetAddress.getLoopbackAddress());
              // From the second look on: a machine that does not answer.
              return answers.size() == 1
                  ? List.of(InetAddress.getLoopbackAddress())
                  : List.of(InetAddress.getByName("169.254.169.254"));
            });
    URI uri = URI.create("http://rebound.example:" + server.getAddress().getPort() + "/song");

    new WebDownload(guard, WebLimits.USUAL).fetch(uri, folder.resolve("x"), 100, _ -> {});

    assertThat(folder.resolve("x")).hasContent("song");
    assertThat(answers).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/a",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/a",
        "http://[::ffff:169.254.169.254]/a",
        "http://2130706433/a",
        "//10.0.0.1/a",
        "file:///etc/passwd",
        "ftp://example.com/a",
        "gopher://127.0.0.1:6379/_INFO",
        "http://me:pass@music.example/song"
      })
  void noRedirectLeadsInside(String location) {
    assertRefused(
        uri("/to?" + java.net.URLEncoder.encode(location, java.nio.charset.StandardCharsets.UTF_8)),
        FailureCode.SOURCE_FORBIDDEN);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestHeaders());
      Headers headers = exchange.getResponseHeaders();
      byte[] body = "song".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      int status = 200;
      switch (exchange.getRequestURI().getPath()) {
        case "/bomb.gz" -> {
          headers.add("Content-Encoding", "gzip");
          body = bomb;
        }
        case "/cookie" -> {
          headers.add("Set-Cookie", "id=1");
          headers.add("Location", "/song");
          status = 302;
        }
        case "/to" -> {
          headers.add("Location", exchange.getRequestURI().getQuery());
          status = 302;
        }
        case "/password" -> {
          headers.add("WWW-Authenticate", "Basic realm=\"x\"");
          status = 401;
        }
        case "/head" -> {
          for (int i = 0; i < 1000; i++) {
            headers.add("X-Long-" + i, "x".repeat(100));
          }
        }
        default -> {}
      }
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      // The client has seen enough.
    }
  }

  private void assertRefused(URI uri, FailureCode code) {
    assertThatThrownBy(() -> web().fetch(uri, folder.resolve("no"), 100, _ -> {}))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private static WebDownload web() {
    return new WebDownload(
        new WebGuard(
            List.of("music.example"),
            host ->
                host.equals("music.example")
                    ? List.of(InetAddress.getLoopbackAddress())
                    : List.of(InetAddress.getAllByName(host))),
        WebLimits.USUAL);
  }

  private URI uri(String path) {
    return URI.create("http://music.example:" + server.getAddress().getPort() + path);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
