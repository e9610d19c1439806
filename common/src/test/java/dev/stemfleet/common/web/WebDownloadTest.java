package dev.stemfleet.common.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files from a server that is this JVM, under names that a resolver of the test knows.
final class WebDownloadTest {
  private static final long PLENTY = 1 << 20;

  @TempDir Path folder;
  private final byte[] sound = new byte[200_000];
  private final List<String> lookedUp = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    new Random(1).nextBytes(sound);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    answer("/song.mp3", 200, sound.length, sound);
    answer("/chunked.mp3", 200, 0, sound);
    answer("/gone.mp3", 404, -1, new byte[0]);
    answer("/secret.mp3", 403, -1, new byte[0]);
    answer("/busy.mp3", 503, -1, new byte[0]);
    redirect("/moved.mp3", "song.mp3");
    redirect("/inside.mp3", "http://169.254.169.254/latest/meta-data");
    redirect("/file.mp3", "file:///etc/passwd");
    redirect("/circle.mp3", "/circle.mp3");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aFileComesWholeInOnePieceOrInChunksOrFromWhereItWasMovedTo() throws IOException {
    for (String name : List.of("song", "chunked", "moved")) {
      Path file = fetch(uri("music.example", "/" + name + ".mp3"), PLENTY);
      assertThat(file).as(name).hasBinaryContent(sound);
    }
  }

  @Test
  void theNameIsLookedUpOnceAndTheConnectionGoesToWhatWasChecked() throws IOException {
    // A second look would find another machine: there is none under this name.
    assertThat(fetch(uri("once.example", "/song.mp3"), PLENTY)).hasBinaryContent(sound);
    assertThat(lookedUp).containsExactly("once.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[fd12::1]",
        "[ff02::1]",
        "[::ffff:10.0.0.1]",
        "[::10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[2002:a00:1::1]",
        "[2001:0:1::1]"
      })
  void addressesOfThisNetworkAreRefused(String host) {
    WebDownload web = download(new WebGuard(List.of("other")), WebLimits.USUAL);

    assertRefused(web, URI.create("http://" + host + "/a.mp3"), FailureCode.SOURCE_FORBIDDEN)
        .hasMessageContaining("private network")
        .hasMessageContaining("privateHosts");
  }

  @Test
  void addressesOfTheInternetAreAllowedUnlessOneOfThemIsPrivate() throws Exception {
    WebGuard guard = new WebGuard(List.of(), this::resolve);

    assertThat(guard.addresses(URI.create("http://public.example/"))).hasSize(2);
    assertThat(guard.addresses(URI.create("http://[2606:4700::1111]/"))).hasSize(1);
    assertThatThrownBy(() -> guard.addresses(URI.create("http://mixed.example/")))
        .isInstanceOf(JobException.class);
  }

  @Test
  void aRedirectIsCheckedLikeTheFirstAddress() {
    assertRefused("/inside.mp3", FailureCode.SOURCE_FORBIDDEN).hasMessageContaining("169.254");
    assertRefused("/file.mp3", FailureCode.SOURCE_FORBIDDEN);
    assertRefused("/circle.mp3", FailureCode.SOURCE_FORBIDDEN).hasMessageContaining("more than 5");
    assertThatThrownBy(
            () -> WebGuard.redirected(URI.create("https://a.example/"), "http://b.example/"))
        .hasMessageContaining("leaves https");
  }

  @Test
  void whatTheServerSaysIsPassedOn() {
    assertRefused("/gone.mp3", FailureCode.SOURCE_MISSING);
    assertRefused("/secret.mp3", FailureCode.SOURCE_FORBIDDEN);
    assertRefused("/busy.mp3", FailureCode.SOURCE_UNREACHABLE);
  }

  @Test
  void moreBytesThanAllowedAreNotRead() throws IOException {
    WebDownload web = download(guard(), WebLimits.USUAL);
    Path file = folder.resolve("small");
    for (String path : List.of("/song.mp3", "/chunked.mp3")) {
      assertThatThrownBy(() -> web.fetch(uri("music.example", path), file, 100_000, bytes -> {}))
          .isInstanceOfSatisfying(
              JobException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.SOURCE_TOO_LARGE));
    }
    assertThat(Files.size(file)).isLessThanOrEqualTo(100_000);
  }

  @Test
  void aServerThatDripsIsNotWaitedForForEver() throws IOException {
    WebLimits hasty =
        new WebLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300));
    try (RawServer drip = RawServer.saying("HTTP/1.1 200 OK\r\n\r\n", true)) {
      assertRefused(download(guard(), hasty), drip.uri(), FailureCode.SOURCE_UNREACHABLE);
    }
    try (RawServer head = RawServer.saying("HTTP/1.1 200 OK\r\n", true)) {
      assertRefused(download(guard(), hasty), head.uri(), FailureCode.SOURCE_UNREACHABLE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabXX\r\n0\r\n\r\n"
      })
  void damagedAnswersAreFailuresThatMayPass(String answer) throws IOException {
    try (RawServer raw = RawServer.saying(answer, false)) {
      assertRefused(download(guard(), WebLimits.USUAL), raw.uri(), FailureCode.SOURCE_UNREACHABLE);
    }
  }

  @Test
  void secretsOfAnAddressStandInNoMessage() {
    URI signed = URI.create(uri("music.example", "/gone.mp3") + "?signature=abc123");

    assertRefused(download(guard(), WebLimits.USUAL), signed, FailureCode.SOURCE_MISSING)
        .hasMessageContaining("/gone.mp3")
        .message()
        .doesNotContain("abc123");
    URI named = URI.create("http://me:pass@music.example/song.mp3");
    assertRefused(download(guard(), WebLimits.USUAL), named, FailureCode.SOURCE_FORBIDDEN)
        .message()
        .doesNotContain("pass@");
  }

  @Test
  void whatTheListenerThrowsEndsTheDownload() {
    WebDownload web = download(guard(), WebLimits.USUAL);

    assertThatThrownBy(
            () ->
                web.fetch(
                    uri("music.example", "/song.mp3"),
                    folder.resolve("x"),
                    PLENTY,
                    bytes -> {
                      throw new IllegalStateException("cancelled");
                    }))
        .hasMessage("cancelled");
  }

  private Path fetch(URI uri, long most) {
    Path file = folder.resolve("fetched");
    download(guard(), WebLimits.USUAL).fetch(uri, file, most, bytes -> {});
    return file;
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String path, FailureCode code) {
    return assertRefused(download(guard(), WebLimits.USUAL), uri("music.example", path), code);
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      WebDownload web, URI uri, FailureCode code) {
    return assertThatThrownBy(() -> web.fetch(uri, folder.resolve("no"), PLENTY, bytes -> {}))
        .isInstanceOfSatisfying(JobException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static WebDownload download(WebGuard guard, WebLimits limits) {
    return new WebDownload(guard, limits);
  }

  /// `music.example` and `once.example` are this JVM, and allowed.
  private WebGuard guard() {
    return new WebGuard(List.of("Music.example", "once.example"), this::resolve);
  }

  private List<InetAddress> resolve(String host) throws UnknownHostException {
    boolean again = lookedUp.contains(host);
    lookedUp.add(host);
    if (host.equals("once.example") && again) {
      throw new UnknownHostException(host);
    }
    Map<String, List<String>> known =
        Map.of(
            "music.example", List.of("127.0.0.1"),
            "once.example", List.of("127.0.0.1"),
            "public.example", List.of("93.184.216.34", "2606:2800:220:1::1"),
            "mixed.example", List.of("93.184.216.34", "10.0.0.1"));
    List<InetAddress> addresses = new ArrayList<>();
    for (String address : known.getOrDefault(host, List.of(host))) {
      addresses.add(InetAddress.getByName(address));
    }
    return addresses;
  }

  private URI uri(String host, String path) {
    return URI.create("http://" + host + ":" + server.getAddress().getPort() + path);
  }

  /// @param length as `HttpExchange` takes it: 0 for chunks, −1 for nothing
  private void answer(String path, int status, long length, byte[] body) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(status, length);
            if (length >= 0) {
              exchange.getResponseBody().write(body);
            }
          } catch (IOException e) {
            // The client has seen enough.
          }
        });
  }

  private void redirect(String path, String location) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
          }
        });
  }

  /// A server that says one thing to whoever comes, then ends or goes on byte by byte.
  private record RawServer(ServerSocket socket) implements AutoCloseable {
    static RawServer saying(String text, boolean drips) throws IOException {
      RawServer server = new RawServer(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
      Thread.ofPlatform().daemon().start(() -> server.serve(text, drips));
      return server;
    }

    URI uri() {
      return URI.create("http://music.example:" + socket.getLocalPort() + "/a.mp3");
    }

    private void serve(String text, boolean drips) {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept();
            OutputStream out = client.getOutputStream()) {
          client.getInputStream().read(new byte[4096]);
          out.write(text.getBytes(StandardCharsets.US_ASCII));
          while (drips) {
            out.write('x');
            out.flush();
            Thread.sleep(20);
          }
        } catch (IOException e) {
          // The client left, or the test is over.
        } catch (InterruptedException e) {
          return;
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
