package dev.stemfleet.dispatcher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.domain.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files from a real server that cuts connections, changes files and lies.
final class FetcherTest {
  private static final String ETAG = "\"v1\"";

  @TempDir Path folder;
  private final byte[] bytes = new byte[300_000];
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private FileServer server;
  private Fetcher fetcher;

  @BeforeEach
  void serve() throws IOException {
    new Random(7).nextBytes(bytes);
    server = new FileServer();
    fetcher = fetcher(Web.Access.NONE);
  }

  @AfterEach
  void stop() {
    fetcher.close();
    server.close();
  }

  @Test
  void aFileComesWholeAndLeavesNoPart() throws Exception {
    server.file("/a.onnx", bytes, ETAG);

    Fetched fetched = fetch("/a.onnx", 1_000_000, Sha256.of(bytes));

    assertThat(fetched.bytes()).isEqualTo(bytes.length);
    assertThat(fetched.promised()).isTrue();
    assertThat(fetched.file()).hasBinaryContent(bytes);
    assertThat(names()).containsExactly("a.onnx");
  }

  @Test
  void aCutConnectionGoesOnWhereItWas() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    server.on(
        "/a.onnx",
        exchange ->
            server.send(
                exchange, bytes, ETAG, calls.incrementAndGet() < 3 ? 100_000 : bytes.length));

    Fetched fetched = fetch("/a.onnx", 1_000_000, null);

    assertThat(fetched.sha256()).isEqualTo(Sha256.of(bytes));
    assertThat(server.ranges())
        .containsExactly("/a.onnx", "/a.onnx bytes=100000-", "/a.onnx bytes=200000-");
    assertThat(pauses).hasSize(2);
    assertThat(troubles).hasSize(2);
  }

  @Test
  void whatAnEarlierRunLeftIsNotFetchedAgain() throws Exception {
    AtomicInteger most = new AtomicInteger(120_000);
    server.on("/a.onnx", exchange -> server.send(exchange, bytes, ETAG, most.getAndSet(0)));
    assertFails("/a.onnx", 1_000_000, null, "120,000 bytes are kept");
    assertThat(names()).containsExactlyInAnyOrder("a.onnx.part", "a.onnx.part.from");

    most.set(Integer.MAX_VALUE);
    server.ranges().clear();
    Fetched fetched = fetch("/a.onnx", 1_000_000, Sha256.of(bytes));

    assertThat(fetched.file()).hasBinaryContent(bytes);
    assertThat(server.ranges()).containsExactly("/a.onnx bytes=120000-");
  }

  @Test
  void aFileThatChangedMeanwhileIsFetchedAnew() throws Exception {
    byte[] newer = new byte[200_000];
    AtomicInteger calls = new AtomicInteger();
    server.on(
        "/a.onnx",
        exchange -> {
          boolean first = calls.incrementAndGet() == 1;
          server.send(
              exchange, first ? bytes : newer, first ? ETAG : "\"v2\"", first ? 50_000 : 999_999);
        });

    assertThat(fetch("/a.onnx", 1_000_000, null).file()).hasBinaryContent(newer);
  }

  @Test
  void tooLargeIsRefusedBeforeItComesAndWhileItComes() {
    server.file("/a.onnx", bytes, ETAG);
    server.on(
        "/endless.onnx",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseBody().write(bytes);
          }
        });

    assertFails("/a.onnx", 299_999, null, "--max-size allows 299,999");
    assertFails("/endless.onnx", 700_000, null, "--max-size allows 700,000");
    assertThat(folder.resolve("a.onnx")).doesNotExist();
    assertThat(folder.resolve("endless.onnx")).doesNotExist();
  }

  @Test
  void otherBytesThanPromisedAreThrownAway() {
    server.file("/a.onnx", bytes, ETAG);

    assertFails("/a.onnx", 1_000_000, "ab".repeat(32), "--sha256 says abab");
    assertThat(names()).isEmpty();
  }

  @Test
  void theRepositoryPromisesDigestSizeAndCommitInItsRedirect() throws Exception {
    server.file("/cdn/a", bytes, ETAG);
    promise("/good", Sha256.of(bytes), bytes.length);
    promise("/digest", "cd".repeat(32), bytes.length);
    promise("/size", Sha256.of(bytes), 12);

    Fetched fetched = fetch("/good", 1_000_000, null);
    assertThat(fetched.commit()).isEqualTo("0123456789abcdef");
    assertThat(fetched.promised()).isTrue();
    assertFails("/digest", 1_000_000, null, "the repository says cdcd");
    assertFails("/size", 1_000_000, null, "announced");
    assertFails("/good", 1_000_000, "ef".repeat(32), "the repository says sha256");
  }

  private void promise(String path, String sha256, int size) {
    server.redirect(
        path,
        "/cdn/a",
        Map.of(
            "X-Linked-Etag",
            '"' + sha256 + '"',
            "X-Linked-Size",
            Integer.toString(size),
            "X-Repo-Commit",
            "0123456789abcdef"));
  }

  @Test
  void aBusyServerIsAskedAgainWhenItWants() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    server.on(
        "/a.onnx",
        exchange -> {
          if (calls.incrementAndGet() == 1) {
            exchange.getResponseHeaders().add("Retry-After", "7");
            exchange.sendResponseHeaders(429, -1);
          } else {
            server.send(exchange, bytes, ETAG, bytes.length);
          }
        });

    fetch("/a.onnx", 1_000_000, null);

    assertThat(pauses).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void aServerThatFallsSilentIsGivenUpInTheEnd() {
    AtomicInteger most = new AtomicInteger(1000);
    server.on(
        "/a.onnx",
        exchange -> {
          server.send(exchange, bytes, ETAG, most.getAndSet(0));
          server.fallSilent();
        });

    assertFails("/a.onnx", 1_000_000, null, "sent nothing for 300 ms");
    assertThat(pauses).isNotEmpty();
  }

  @Test
  void whatIsNotThereIsSaidAtOnce() {
    server.on("/gone.onnx", exchange -> exchange.sendResponseHeaders(404, -1));
    server.on("/closed.onnx", exchange -> exchange.sendResponseHeaders(403, -1));

    assertFails("/gone.onnx", 1_000_000, null, "there is no such file");
    assertFails("/closed.onnx", 1_000_000, null, "access is refused");
    assertThat(pauses).isEmpty();
    assertThat(names()).isEmpty();
  }

  @Test
  void redirectsIntoTheMachineOrItsNetworkAndWithoutEndAreNotFollowed() {
    server.redirect("/metadata", "http://169.254.169.254/latest", Map.of());
    server.redirect("/other", "http://localhost:9/x", Map.of());
    server.redirect("/file", "file:///etc/passwd", Map.of());
    server.redirect("/loop", "/loop", Map.of());

    assertFails("/metadata", 1, null, "inside a private network");
    assertFails("/other", 1, null, "inside a private network");
    assertFails("/file", 1, null, "no address that is followed");
    assertFails("/loop", 1, null, "more than 8 times");
  }

  @Test
  void anAccessTokenGoesToItsServiceOnly() throws Exception {
    try (FileServer elsewhere = new FileServer()) {
      elsewhere.file("/cdn", bytes, ETAG);
      server.redirect("/a.onnx", elsewhere.uri("/cdn").toString(), Map.of());
      fetcher.close();
      fetcher = fetcher(new Web.Access(server.uri("/"), "secret"));

      fetch("/a.onnx", 1_000_000, null);

      assertThat(server.tokens()).containsEntry("/a.onnx", "Bearer secret");
      assertThat(elsewhere.tokens()).isEmpty();
    }
  }

  @Test
  void aTextIsOneOnlyIfItIsNoPage() throws Exception {
    server.text("/LICENSE", "MIT License\n");
    server.text("/page", "<!DOCTYPE html>");

    assertThat(fetcher.text(server.uri("/LICENSE"))).contains("MIT License\n");
    assertThat(fetcher.text(server.uri("/page"))).isEmpty();
    assertThat(fetcher.text(server.uri("/missing"))).isEmpty();
  }

  private Fetcher fetcher(Web.Access access) {
    Patience patience =
        new Patience(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(300), 3, pauses::add);
    return new Fetcher(patience, RedirectRule.ofMachine(), access, Proxies.NONE);
  }

  private Fetched fetch(String path, long most, @Nullable String sha256) throws Exception {
    Address address = Address.parse(server.uri(path).toString(), URI.create("http://localhost"));
    return fetcher.fetch(
        new Order(address, folder.resolve(address.fileName()), most, sha256),
        new Watcher() {
          @Override
          public void at(long bytes, long total) {}

          @Override
          public void trying(String why, long bytes, Duration pause) {
            troubles.add(why);
          }
        });
  }

  private void assertFails(String path, long most, @Nullable String sha256, String said) {
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetch(path, most, sha256))
        .withMessageContaining(said)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private List<String> names() {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
