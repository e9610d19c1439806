package dev.stemfleet.common.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.fixture.Jobs;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WireTest {
  @Test
  void aJobComesBackAsItWas() throws Exception {
    Job job = Jobs.job("friday", "main");

    assertThat(Wire.read(Wire.write(job), Job.class)).isEqualTo(job);
  }

  @Test
  void aScriptComesBackAsItWasAndMusicSaysNothingOfSpeech() throws Exception {
    Job job = ofScript(Jobs.job("friday", "main"));

    assertThat(Wire.read(Wire.write(job), Job.class)).isEqualTo(job);
    assertThat(new JobWriter().write(job)).isEqualTo(Wire.write(job));
    assertThat(new String(Wire.write(Jobs.job("friday", "main")), UTF_8))
        .doesNotContain("\"speech\"");
  }

  private static Job ofScript(Job job) {
    return new Job(
        job.schema(),
        job.jobId(),
        job.batch(),
        job.run(),
        job.submittedAt(),
        Jobs.script("Tale"),
        job.channel(),
        job.model(),
        job.products(),
        null,
        job.directory(),
        List.of());
  }

  @Test
  void thePublishTimeKeepsItsOffset() throws Exception {
    Job plain = Jobs.job("friday", "main");
    OffsetDateTime at = OffsetDateTime.parse("2026-03-29T03:30:00+02:00");
    Job job =
        new Job(
            plain.schema(),
            plain.jobId(),
            plain.batch(),
            plain.run(),
            plain.submittedAt(),
            plain.track(),
            plain.channel(),
            plain.model(),
            plain.products(),
            at,
            plain.directory(),
            List.of());

    assertThat(Wire.read(Wire.write(job), Job.class).publishAt()).isEqualTo(at);
  }

  @Test
  void enumsAreLowerCaseAlsoAsKeys() {
    String json = new String(Wire.write(Jobs.job("friday", "main")), UTF_8);

    assertThat(json).contains("\"acapella\":{\"name\"", "\"loudness\":\"mix\"");
  }

  @Test
  void eventsSayTheirType() throws Exception {
    Event event =
        new Event.Cancelled(
            Schema.VERSION, "0123456789abcdef", "r", "friday", "w1", Instant.ofEpochSecond(5));

    byte[] bytes = Wire.write((Record) event);

    assertThat(new String(bytes, UTF_8)).contains("\"type\":\"cancelled\"");
    assertThat(Wire.read(bytes, Event.class)).isEqualTo(event);
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    Job job = Jobs.job("friday", "main");
    String json = new String(Wire.write(job), UTF_8).replaceFirst("\\{", "{\"news\":[1],");

    assertThat(Wire.read(json.getBytes(UTF_8), Job.class)).isEqualTo(job);
  }

  @Test
  void aNewerMajorVersionIsToldApart() {
    String json =
        new String(Wire.write(Jobs.job("friday", "main")), UTF_8)
            .replace("\"schema\":\"1.0\"", "\"schema\":\"2.0\"");

    assertThatThrownBy(() -> Wire.read(json.getBytes(UTF_8), Job.class))
        .isInstanceOfSatisfying(WireException.class, e -> assertThat(e.newer()).isTrue())
        .hasMessageContaining("upgrade");
  }

  @Test
  void aMissingFieldIsNamed() {
    String json =
        new String(Wire.write(Jobs.job("friday", "main")), UTF_8)
            .replace("\"batch\"", "\"bundle\"");

    assertThatThrownBy(() -> Wire.read(json.getBytes(UTF_8), Job.class))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("batch");
  }

  @Test
  void whatIsNoJsonOrNoObjectIsRefusedInOneLine() {
    for (String text : List.of("", "{", "null", "[]", "7", "\u0000\u0001", "{\"schema\":\"x\"}")) {
      assertThatThrownBy(() -> Wire.read(text.getBytes(UTF_8), Job.class))
          .as(text)
          .isInstanceOf(WireException.class)
          .message()
          .doesNotContain("\n");
    }
  }
}
