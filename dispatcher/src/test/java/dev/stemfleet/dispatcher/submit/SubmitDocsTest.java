package dev.stemfleet.dispatcher.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of the reference pages are read by the program and leave nothing out.
final class SubmitDocsTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private static final String[] OF_SCRIPTS = {
    "job", "input", "preprocessing", "chunking", "generation", "validation", "audio"
  };

  @TempDir Path folder;

  @Test
  void theJobFileIsReadAndHasEveryField() throws IOException {
    String yaml = example("submit.md");

    JobFile job = JobFile.read(Files.writeString(folder.resolve("job.yaml"), yaml));

    assertThat(job.tracks()).hasSize(2);
    assertThat(job).hasNoNullFieldsOrPropertiesExcept(OF_SCRIPTS);
    assertThat(job.tracks().getFirst()).hasNoNullFieldsOrPropertiesExcept(OF_SCRIPTS);
    assertThat(job.publish()).hasNoNullFieldsOrProperties();
  }

  @Test
  void theJobFileOfAScriptIsReadAndHasEveryField() throws IOException {
    String yaml = example("scripts.md");

    JobFile job = JobFile.read(Files.writeString(folder.resolve("tale.yaml"), yaml));

    assertThat(job)
        .hasNoNullFieldsOrPropertiesExcept(
            "batch", "stems", "products", "model", "publish", "tracks", "preprocessing");
    assertThat(job.job()).hasNoNullFieldsOrProperties();
    assertThat(job.input()).hasNoNullFieldsOrProperties();
    assertThat(job.chunking()).hasNoNullFieldsOrPropertiesExcept("spacyModel");
    assertThat(job.generation()).hasNoNullFieldsOrProperties();
    assertThat(job.generation().speakers().getFirst()).hasNoNullFieldsOrProperties();
    assertThat(job.generation().speakers().getFirst().ttsParams()).hasNoNullFieldsOrProperties();
    assertThat(job.generation().speakers().getFirst().conservativeCandidate())
        .hasNoNullFieldsOrProperties();
    assertThat(job.validation()).hasNoNullFieldsOrProperties();
    assertThat(job.audio()).hasNoNullFieldsOrProperties();
    assertThat(job.audio().normalization()).hasNoNullFieldsOrProperties();
    assertThat(job.audio().pauses()).hasNoNullFieldsOrProperties();
  }

  @Test
  void theSettingsFileIsReadAndHasEveryKey() throws IOException {
    String yaml = example("settings.md");
    Path file = Files.writeString(folder.resolve("stemfleet.yaml"), yaml);

    FleetSettings settings =
        FleetSettings.load(FleetLayer.EMPTY, file, Map.of(), folder, folder.resolve("home"));

    assertThat(settings).hasNoNullFieldsOrProperties();
    assertThat(Arrays.stream(FleetLayer.class.getRecordComponents()).map(RecordComponent::getName))
        .allSatisfy(key -> assertThat(yaml).containsPattern("(?m)^" + key + "\\w*:"));
  }

  private static String example(String page) throws IOException {
    Path file = Path.of(System.getProperty("stemfleet.home"), "docs", "reference", page);
    Matcher matcher = EXAMPLE.matcher(Files.readString(file));
    assertThat(matcher.find()).as(page).isTrue();
    return matcher.group(1);
  }
}
