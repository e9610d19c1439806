package dev.stemfleet.common.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.fixture.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files over TLS, from a server that shows a certificate for `music.example`.
final class WebTlsTest {
  private static final byte[] SOUND = new byte[50_000];

  @TempDir private static Path keys;
  @TempDir private Path folder;
  private static SSLContext trusting;
  private static HttpsServer server;

  @BeforeAll
  static void serve() throws Exception {
    trusting = Certificates.of("music.example", keys);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(trusting));
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/song.mp3",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, SOUND.length);
            exchange.getResponseBody().write(SOUND);
          }
        });
    server.createContext(
        "/plain.mp3",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().add("Location", "http://music.example/song.mp3");
            exchange.sendResponseHeaders(302, -1);
          }
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @Test
  void aFileComesFromTheHostThatTheCertificateNames() {
    Path file = folder.resolve("song");

    web(trusting, WebLimits.USUAL).fetch(uri("music.example", "/song.mp3"), file, 1 << 20, _ -> {});

    assertThat(file).hasBinaryContent(SOUND);
  }

  @Test
  void anotherHostThanTheCertificateNamesIsRefusedInWords() {
    assertRefused(
            web(trusting, WebLimits.USUAL),
            uri("other.example", "/song.mp3"),
            FailureCode.SOURCE_UNREACHABLE)
        .hasMessageContainingAll("no safe connection", "other.example");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefusedInWords() throws NoSuchAlgorithmException {
    assertRefused(
            web(SSLContext.getDefault(), WebLimits.USUAL),
            uri("music.example", "/song.mp3"),
            FailureCode.SOURCE_UNREACHABLE)
        .hasMessageContaining("no safe connection");
  }

  @Test
  void aRedirectFromHttpsToHttpIsRefused() {
    assertRefused(
            web(trusting, WebLimits.USUAL),
            uri("music.example", "/plain.mp3"),
            FailureCode.SOURCE_FORBIDDEN)
        .hasMessageContaining("leaves https");
  }

  @Test
  void aServerThatNeverShakesHandsIsNotWaitedForForEver() throws IOException {
    WebLimits hasty =
        new WebLimits(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMillis(300));
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> keep(mute));

      assertRefused(
              web(trusting, hasty),
              URI.create("https://music.example:" + mute.getLocalPort() + "/a.mp3"),
              FailureCode.SOURCE_UNREACHABLE)
          .hasMessageContaining("takes too long");
    }
  }

  private static void keep(ServerSocket mute) {
    try (Socket client = mute.accept()) {
      client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client left.
    }
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      WebDownload web, URI uri, FailureCode code) {
    return assertThatThrownBy(() -> web.fetch(uri, folder.resolve("no"), 1 << 20, _ -> {}))
        .isInstanceOfSatisfying(JobException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static WebDownload web(SSLContext tls, WebLimits limits) {
    WebGuard guard =
        new WebGuard(
            List.of("music.example", "other.example"),
            _ -> List.of(InetAddress.getLoopbackAddress()));
    return new WebDownload(guard, limits, tls);
  }

  private static URI uri(String host, String path) {
    return URI.create("https://" + host + ":" + server.getAddress().getPort() + path);
  }
}
