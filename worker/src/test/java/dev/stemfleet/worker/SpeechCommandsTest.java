package dev.stemfleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.SpeechStubs;
import dev.stemfleet.worker.model.graph.WhisperStubs;
import dev.stemfleet.worker.speech.StubSpeech;
import dev.stemfleet.worker.speech.StubTokenizers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands about models, told about models that speak and listen.
final class SpeechCommandsTest {
  @TempDir private Path models;

  @BeforeEach
  void write() throws IOException {
    Path voice = TestSound.tone(4, 200, 0.3).writeWav(models.resolve("voice.wav"));
    SpeechStubs stubs = SpeechStubs.english(2, ElementType.FLOAT16);
    String tokenizer = StubTokenizers.english(true);
    var _ = StubSpeech.write(models, SpeechFamily.ENGLISH, stubs, tokenizer, voice);
    var _ = StubSpeech.recogniser(models, new WhisperStubs(true));
  }

  @Test
  void askedForTwiceASpeechModelIsAMissThenAHit() {
    assertThat(run("cache-test", "--model", "stub-english"))
        .contains("first  cache miss: loaded and warmed in ", "second cache hit in ")
        .endsWith("ok: loaded once\n");
    assertThat(run("cache-test", "--model", "stub-whisper")).endsWith("ok: loaded once\n");
    assertThat(run("cache-test", "--model", "demonstration"))
        .isEqualTo("ok: demonstration has no files; there is nothing to load\n");
  }

  @Test
  void whatASpeechModelIsIsTold() {
    assertThat(run("verify", "stub-english").lines())
        .contains(
            "stub-english: ok",
            "stub-english: family english",
            "stub-english: language model of 2 layers, 16 heads of 64, 8194 tokens",
            "stub-english: caches float16, embeddings float32")
        .anyMatch(line -> line.matches("stub-english: its own voice made in \\d+\\.\\d\\d s"));
    assertThat(run("verify", "stub-whisper").lines())
        .contains(
            "stub-whisper: ok",
            "stub-whisper: 80 mel bands, 40 tokens, a decoder of 2 layers with caches");
    assertThat(run("verify", "demonstration").lines())
        .contains("demonstration: ok", "demonstration: has no networks");
  }

  @Test
  void programsGetOneObject() throws IOException {
    JsonNode good = Json.lenient().readTree(run("verify", "--json", "stub-english"));

    assertThat(good.get("verdict").asText()).isEqualTo("ok");
    assertThat(good.get("layout").asText()).isEqualTo("english");
    assertThat(good.get("stems").get(0).asText()).isEqualTo("narration");
    assertThat(good.get("loadSeconds").asDouble()).isPositive();
  }

  @Test
  void aTokenizerThatDoesNotFitIsSaidInOneLine() throws IOException {
    String turbo = StubTokenizers.turbo();
    Path other = Files.createDirectories(models.resolve("other"));
    var _ =
        StubSpeech.write(
            other, SpeechFamily.ENGLISH, SpeechStubs.english(1, ElementType.FLOAT32), turbo);

    StringWriter out = new StringWriter();
    int code = execute(out, other, "verify", "stub-english");

    assertThat(code).isEqualTo(1);
    assertThat(out.toString())
        .hasLineCount(1)
        .contains("tokenizer.json: does not fit a model of family english: [STOP] is not there");
  }

  private String run(String... arguments) {
    StringWriter out = new StringWriter();
    assertThat(execute(out, models, arguments)).as(out.toString()).isZero();
    return out.toString().replace("\r", "");
  }

  private static int execute(StringWriter out, Path folder, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--models", folder.toString()));
    return WorkerMain.program()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(all.toArray(String[]::new));
  }
}
