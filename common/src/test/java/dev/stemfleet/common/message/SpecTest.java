package dev.stemfleet.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.fixture.Jobs;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpecTest {
  private static final JsonMapper MAPPER = Json.lenient();

  private final Job job = Jobs.job("friday", "main");

  @Test
  void anotherRunOfTheSameJobHasTheSameSpec() {
    Job later = job.inRun("01900000-0000-7000-8000-00000000ffff", Instant.EPOCH);

    assertThat(Spec.hash(later)).isEqualTo(Spec.hash(job)).matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @CsvSource({
    "/track/source, \"file://music/elsewhere.wav\"",
    "/track/thumbnail/name, \"other.png\"",
    "/channel/look/background/name, \"other.png\"",
    "/channel/aliases, [\"x\"]",
    "/warnings, [\"x\"]"
  })
  void whatReachesNoOutputIsNotInIt(String field, String value) throws Exception {
    assertThat(Spec.hash(with(field, value))).isEqualTo(Spec.hash(job));
  }

  @ParameterizedTest
  @CsvSource({
    "/track/title, \"Another\"",
    "/track/artist, \"Another\"",
    "/track/bpm, 99",
    "/track/key, \"C\"",
    "/track/genre, \"Jazz\"",
    "/track/sha256, \"0000000000000000000000000000000000000000000000000000000000000000\"",
    "/track/trim/startSeconds, 3",
    "/track/thumbnail/sha256, \"0000000000000000000000000000000000000000000000000000000000000000\"",
    "/channel/label, \"Another\"",
    "/channel/keyInNames, false",
    "/channel/loudness, \"off\"",
    "/channel/publishing/description, \"Another\"",
    "/channel/look/framesPerSecond, 30",
    "/channel/look/watermark/sha256, \"0000000000000000000000000000000000000000000000000000000000000000\"",
    "/model/sha256, \"0000000000000000000000000000000000000000000000000000000000000000\"",
    "/products, '[\"video\",\"mp3\"]'",
    "/publishAt, \"2026-05-01T12:00:00Z\"",
    "/batch, \"monday\"",
    "/directory, \"monday/x/y\""
  })
  void whatReachesAnOutputIsInIt(String field, String value) throws Exception {
    assertThat(Spec.hash(with(field, value))).isNotEqualTo(Spec.hash(job));
  }

  @ParameterizedTest
  @CsvSource({
    "/track/speech/language, \"de\"",
    "/track/speech/pauses/sentenceSeconds, 1",
    "/track/speech/levelling/method, \"rms\"",
    "/track/speech/speakers/0/candidates/count, 3",
    "/track/speech/speakers/1/recording/sha256,"
        + " \"0000000000000000000000000000000000000000000000000000000000000000\""
  })
  void howAScriptIsSpokenIsInIt(String field, String value) throws Exception {
    ObjectNode tree = MAPPER.valueToTree(job);
    tree.set("track", MAPPER.valueToTree(Jobs.script("Tale")));
    Job script = MAPPER.treeToValue(tree, Job.class);

    assertThat(Spec.hash(with(script, field, value))).isNotEqualTo(Spec.hash(script));
    assertThat(Spec.hash(with(script, "/track/speech/speakers/1/recording/name", "\"b.wav\"")))
        .isEqualTo(Spec.hash(script));
  }

  private Job with(String field, String value) throws Exception {
    return with(job, field, value);
  }

  private static Job with(Job job, String field, String value) throws Exception {
    JsonNode tree = MAPPER.valueToTree(job);
    int slash = field.lastIndexOf('/');
    ((ObjectNode) tree.at(field.substring(0, slash)))
        .set(field.substring(slash + 1), MAPPER.readTree(value));
    return MAPPER.treeToValue(tree, Job.class);
  }
}
