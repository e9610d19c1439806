package dev.stemfleet.dispatcher.console;

import static dev.stemfleet.dispatcher.watch.Messages.failed;
import static dev.stemfleet.dispatcher.watch.Messages.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.message.Job;
import dev.stemfleet.dispatcher.console.ServedConsole.Heard;
import dev.stemfleet.dispatcher.watch.FleetView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may ask what of a console.
final class AccessTest {
  private static final String BEARER = "Authorization: Bearer " + ServedConsole.TOKEN;
  private static final List<String> TELLING =
      List.of(
          "/api/events",
          "/api/jobs",
          "/api/jobs/0123456789abcdef",
          "/media/0123456789abcdef/0",
          "/frames/0123456789abcdef/drums",
          "/metrics",
          "/nothing");

  @TempDir Path folder;
  private final FleetView view = new FleetView();
  private final Job job = job("drums");
  private ServedConsole console;
  private ServedConsole locked;

  @BeforeEach
  void aFailedJob() {
    view.apply(job);
    view.apply(failed(job, "w1", 5));
    console = new ServedConsole(view, folder, List.of());
    locked = new ServedConsole(view, folder, List.of("fleet.example"));
  }

  @AfterEach
  void close() {
    console.close();
    locked.close();
  }

  @Test
  void thisMachineMayLookWithoutTheToken() throws IOException {
    assertThat(console.get("/").status()).isEqualTo(200);
    assertThat(console.get("/api/jobs").text()).contains(job.jobId());
    assertThat(console.get("/metrics").text()).isEqualTo("ours\n");
  }

  @Test
  void everyActionDemandsTheToken() throws IOException {
    String body = "{\"batch\":\"friday\"}";
    for (String path : List.of("/api/retry", "/api/cancel")) {
      assertThat(console.post(path, body).status()).isEqualTo(401);
      assertThat(console.post(path, body, "Authorization: Bearer wrong").status()).isEqualTo(401);
      assertThat(console.post(path, body, BEARER + "x").status()).isEqualTo(401);
      assertThat(console.post(path, body, "Cookie: stemfleet-80=").status()).isEqualTo(401);
      assertThat(console.post(path, body, "Cookie: stemfleet-80=" + ServedConsole.TOKEN).status())
          .isEqualTo(401);
      // With it the console tries, and has no Kafka here.
      assertThat(console.post(path, body, BEARER).status()).isEqualTo(503);
    }
  }

  @Test
  void beyondThisMachineNothingIsToldWithoutTheToken() throws IOException {
    for (String path : TELLING) {
      assertThat(locked.get(path).status()).as(path).isEqualTo(401);
      assertThat(locked.get(path).text()).as(path).doesNotContain("friday", job.jobId());
    }
    assertThat(locked.get("/").status()).isEqualTo(200);
    assertThat(locked.get("/api/session").text())
        .isEqualTo("{\"signedIn\":false,\"lockedForAll\":true,\"version\":\"\"}");
    assertThat(locked.get("/api/jobs", BEARER).text()).contains(job.jobId());
  }

  @Test
  void theTokenBecomesACookieThatScriptsCannotReadAndNoOtherPageCanSend() throws IOException {
    Heard signedIn = locked.post("/api/session", "{\"token\":\"" + ServedConsole.TOKEN + "\"}");
    String cookie = signedIn.header("Set-Cookie").orElseThrow();

    assertThat(cookie)
        .startsWith("stemfleet-" + locked.port() + "=")
        .contains("; HttpOnly", "; SameSite=Strict")
        .doesNotContain(ServedConsole.TOKEN);
    String pair = "Cookie: other=1; " + cookie.substring(0, cookie.indexOf(';'));
    assertThat(locked.get("/api/jobs", pair).status()).isEqualTo(200);
    assertThat(locked.post("/api/retry", "{\"batch\":\"friday\"}", pair).status()).isEqualTo(503);
    assertThat(locked.post("/api/session", "{\"token\":\"wrong\"}").status()).isEqualTo(401);
    assertThat(locked.post("/api/session/end", "{}", pair).header("Set-Cookie").orElseThrow())
        .contains("Max-Age=0");
  }

  @Test
  void aPageOfAnotherOriginIsRefusedWhateverItKnows() throws IOException {
    String json = "Content-Type: application/json";
    String body = "{\"batch\":\"friday\"}";
    for (String origin : List.of("http://evil.example", "null", "http://127.0.0.1:1", "")) {
      Heard heard =
          console.ask(
              "POST", "/api/cancel", console.host(), body, BEARER, json, "Origin: " + origin);
      assertThat(heard.status()).as(origin).isEqualTo(403);
    }
    assertThat(console.get("/api/jobs", "Sec-Fetch-Site: cross-site").status()).isEqualTo(403);
    assertThat(console.get("/api/jobs", "Sec-Fetch-Site: same-site").status()).isEqualTo(403);
    assertThat(console.get("/api/jobs", "Origin: http://evil.example").status()).isEqualTo(403);
    assertThat(console.get("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate").status())
        .isEqualTo(200);
  }

  @Test
  void aCookieAloneWithoutAnOriginChangesNothing() throws IOException {
    Token token = Token.of(ServedConsole.TOKEN);
    Heard heard =
        console.ask(
            "POST",
            "/api/cancel",
            console.host(),
            "{\"batch\":\"friday\"}",
            "Cookie: stemfleet-1=" + token.cookie(),
            "Content-Type: application/json");

    assertThat(heard.status()).isEqualTo(403);
  }

  @Test
  void aNameThatWasMadeToMeanThisMachineIsRefused() throws IOException {
    for (String host : List.of("evil.example", "evil.example:8600", "127.0.0.1.evil.example", "")) {
      assertThat(console.ask("GET", "/api/jobs", host, "").status()).as(host).isIn(400, 421);
    }
    for (String host :
        List.of("localhost", "localhost:1", "127.0.0.1", "[::1]:8600", "LOCALHOST")) {
      assertThat(console.ask("GET", "/api/jobs", host, "").status()).as(host).isEqualTo(200);
    }
    assertThat(console.ask("GET", "/", "10.0.0.1", "").status()).isEqualTo(421);
    assertThat(locked.ask("GET", "/", "fleet.example", "").status()).isEqualTo(200);
    assertThat(locked.ask("GET", "/", "other.example", "").status()).isEqualTo(421);
  }

  @Test
  void onlyJsonIsUnderstoodSoThatNoFormCanAsk() throws IOException {
    Heard form =
        console.ask(
            "POST",
            "/api/cancel",
            console.host(),
            "{\"batch\":\"friday\"}",
            BEARER,
            "Content-Type: text/plain");

    assertThat(form.status()).isEqualTo(415);
    for (String body :
        List.of(
            "",
            "{",
            "[]",
            "null",
            "{}",
            "{\"batch\":\"a\",\"job\":\"b\"}",
            "{\"batch\":\"friday\",\"more\":1}",
            "\"friday\"",
            "{\"batch\":{}}")) {
      assertThat(console.post("/api/cancel", body, BEARER).status()).as(body).isEqualTo(400);
    }
    assertThat(console.post("/api/cancel", "{\"batch\":\"other\"}", BEARER).status())
        .isEqualTo(404);
    assertThat(console.post("/api/cancel", " ".repeat(5000), BEARER).status()).isEqualTo(413);
  }

  @Test
  void whateverIsMadeUpWithoutTheTokenIsRefused() throws IOException {
    long seed = Long.getLong("stemfleet.seed", new Random().nextLong());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<String> methods = List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "GET", "HEAD");
    for (int i = 0; i < 300; i++) {
      String method = methods.get(random.nextInt(methods.size()));
      String path = path(random);
      Heard heard = locked.ask(method, path, locked.host(), "", header(random), header(random));

      assertThat(heard.status()).as(method + " " + path).isIn(0, 400, 401, 403);
      assertThat(heard.text()).doesNotContain(job.jobId(), "friday");
    }
  }

  @Test
  void aTokenThatCouldBeGuessedIsRefused() {
    assertThatThrownBy(() -> Token.of("secret")).hasMessageContaining("24 or more");
    assertThatThrownBy(() -> Token.of("a token with spaces in between it"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Token.random().text()).hasSize(43);
    assertThat(Token.random()).asString().isEqualTo("Token");
  }

  private static String path(Random random) {
    List<String> parts =
        List.of(
            "api",
            "jobs",
            "media",
            "retry",
            "cancel",
            "events",
            "..",
            "%2e%2e",
            "0",
            "frames",
            "metrics",
            "%00",
            "0123456789abcdef",
            "waveform",
            "//",
            "session",
            "?q=1");
    StringBuilder path = new StringBuilder();
    int depth = 1 + random.nextInt(4);
    for (int i = 0; i < depth; i++) {
      path.append('/').append(parts.get(random.nextInt(parts.size())));
    }
    String plain = path.toString().replaceFirst("^/+(\\?.*)?$", "/api/jobs");
    return plain.startsWith("/api/session") ? "/api/jobs" : plain;
  }

  private static String header(Random random) {
    List<String> headers =
        List.of(
            "Authorization: Bearer ",
            "Authorization: Basic " + ServedConsole.TOKEN,
            "Authorization: " + ServedConsole.TOKEN,
            "Cookie: stemfleet-80=; stemfleet-=",
            "Cookie: token=" + ServedConsole.TOKEN,
            "X-Forwarded-For: 127.0.0.1",
            "X-Forwarded-Host: localhost",
            "X-HTTP-Method-Override: GET",
            "Content-Type: application/json",
            "Range: bytes=0-1");
    return headers.get(random.nextInt(headers.size()));
  }
}
