package dev.stemfleet.common.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpServingTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private final Routes routes = new Routes();
  private final HttpServing serving = HttpServing.open(ListenAddress.parse("127.0.0.1:0"), routes);

  @AfterEach
  void closes() {
    serving.close();
  }

  @AfterAll
  static void closesTheClient() {
    CLIENT.close();
  }

  @Test
  void aPageIsAnsweredWithItsTypeAndHeadersThatForbidWhatItDoesNotNeed() throws Exception {
    routes.get("/ready", _ -> Answer.of(Answer.TEXT, "ready\n"));

    HttpResponse<String> answer = ask("GET", "/ready?x=1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("ready\n");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'");
  }

  @Test
  void headHasTheLengthAndNoBody() throws Exception {
    routes.get("/ready", _ -> Answer.of(Answer.TEXT, "ready\n"));

    HttpResponse<String> answer = ask("HEAD", "/ready");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).contains("6");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aHandlersHeadersStandInPlaceOfTheSafeOnes() throws Exception {
    routes.get("/page", _ -> Answer.of("text/html", "<p>").with("Cache-Control", "max-age=60"));

    assertThat(ask("GET", "/page").headers().allValues("Cache-Control"))
        .containsExactly("max-age=60");
  }

  @Test
  void whatIsNotThereAndWhatCannotBeDoneAreOneLineEach() throws Exception {
    routes.get("/page", _ -> Answer.of(Answer.TEXT, "page"));

    HttpResponse<String> missing = ask("GET", "/other");
    HttpResponse<String> wrong = ask("DELETE", "/page");

    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).isEqualTo("nothing lies here\n");
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow")).contains("GET, HEAD");
    assertThat(wrong.body()).hasLineCount(1);
  }

  @Test
  void aClientHearsNothingOfWhatBrokeInside() throws Exception {
    routes.get(
        "/broken",
        _ -> {
          throw new IllegalStateException("/secret/path");
        });

    HttpResponse<String> answer = ask("GET", "/broken");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).hasLineCount(1).doesNotContain("secret", "Exception");
  }

  @Test
  void aHandlerMayRefuseInItsOwnWords() throws Exception {
    routes.post(
        "/jobs",
        request -> Answer.of(Answer.TEXT, new String(request.body(3), StandardCharsets.UTF_8)));

    assertThat(ask("POST", "/jobs", "abc").body()).isEqualTo("abc");
    HttpResponse<String> refused = ask("POST", "/jobs", "abcd");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).isEqualTo("at most 3 bytes may be sent here\n");
  }

  @Test
  void aPathWithASlashAtItsEndStandsForAllBelow() throws Exception {
    routes
        .get("/", _ -> Answer.of(Answer.TEXT, "root"))
        .get("/videos/", request -> Answer.of(Answer.TEXT, "below " + request.path()))
        .get("/videos/list", _ -> Answer.of(Answer.TEXT, "list"));

    assertThat(ask("GET", "/").body()).isEqualTo("root");
    assertThat(ask("GET", "/videos/a%20b/c").body()).isEqualTo("below /videos/a b/c");
    assertThat(ask("GET", "/videos/list").body()).isEqualTo("list");
    assertThat(ask("GET", "/other").statusCode()).isEqualTo(404);
  }

  @Test
  void parametersAreDecoded() throws Exception {
    routes.get(
        "/find", request -> Answer.of(Answer.TEXT, request.parameter("name").orElse("nothing")));

    assertThat(ask("GET", "/find?other=1&name=a%26b+c").body()).isEqualTo("a&b c");
    assertThat(ask("GET", "/find?name").body()).isEmpty();
    assertThat(ask("GET", "/find").body()).isEqualTo("nothing");
    assertThat(ask("GET", "/find?nam%65=x").body()).isEqualTo("x");
  }

  @Test
  void anEndlessAnswerArrivesWhileItIsWritten() throws Exception {
    routes.get(
        "/events",
        _ ->
            new Answer(
                200,
                "text/event-stream",
                Map.of(),
                new Answer.Body.Endless(
                    out -> {
                      out.write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
                      out.flush();
                      try {
                        Thread.currentThread().join();
                      } catch (InterruptedException e) {
                        throw new IOException(e);
                      }
                    })));

    HttpRequest request = HttpRequest.newBuilder(uri("/events")).build();
    try (var lines = CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      assertThat(new String(lines.readNBytes(9), StandardCharsets.UTF_8)).isEqualTo("data: 1\n\n");
    }
  }

  @Test
  void aPortThatIsTakenIsSaidWithItsAddress() {
    assertThatThrownBy(() -> HttpServing.open(serving.address(), routes))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(serving.address() + ": cannot listen there");
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    return ask(method, path, "");
  }

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://" + serving.address() + path);
  }
}
