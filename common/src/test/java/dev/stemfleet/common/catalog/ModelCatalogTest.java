package dev.stemfleet.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogTest {
  private static final String SHA256 = "ab".repeat(32);
  private static final String GOOD =
      """
      id: htdemucs
      revision: 2
      layout:
        kind: waveform
      files:
        - path: weights/htdemucs.onnx
          sha256: %s
          bytes: 12345
      stems: [drums, bass, other, vocals]
      sound:
        sampleRateHz: 44100
        channels: 2
      segments:
        samples: 343980
        strideSamples: 257985
        window: triangle
      trackNormalisation: mono_mean_deviation
      licence: research only
      source: https://example.org/htdemucs
      """
          .formatted(SHA256);

  @TempDir private Path folder;

  @Test
  void aDefinitionBecomesASpec() throws IOException {
    Files.writeString(folder.resolve("htdemucs.yaml"), GOOD);

    CatalogModel model = ModelCatalog.load(List.of(folder)).require("htdemucs");

    ModelSpec spec = model.spec();
    assertThat(spec.layout()).isEqualTo(new ModelLayout.Waveform());
    assertThat(spec.files())
        .containsExactly(new ModelFile("weights/htdemucs.onnx", SHA256, 12_345));
    assertThat(spec.stems()).containsExactly("drums", "bass", "other", "vocals");
    assertThat(spec.segments())
        .isEqualTo(new ModelSpec.Segments(343_980, 257_985, ModelSpec.Window.TRIANGLE));
    assertThat(spec.treatment().normalisation())
        .isEqualTo(ModelSpec.TrackNormalisation.MONO_MEAN_DEVIATION);
    assertThat(spec.ref()).isEqualTo(new ModelRef("htdemucs", SHA256));
    assertThat(model.definedIn()).isEqualTo(folder.resolve("htdemucs.yaml").toString());
    assertThat(model.place().onDisk("weights/htdemucs.onnx"))
        .contains(folder.resolve("weights/htdemucs.onnx"));
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "revision: 2 | revison: 2 | revis",
        "strideSamples: 257985 | stride: 257985 | segments.stride",
        "bytes: 12345 | bytes: 0 | files[0]: bytes: must be positive",
        "bytes: 12345 | bytes: many | files[0].bytes",
        "window: triangle | window: round | segments.window",
        "kind: waveform | kind: cubist | layout: kind: cubist is not known (known: htdemucs",
        "weights/htdemucs.onnx | ../htdemucs.onnx | files[0]: path: must lie below",
        "strideSamples: 257985 | strideSamples: 999999 | segments: strideSamples: must be 1 to",
        "sampleRateHz: 44100 | sampleRateHz: 48000 | sound: sampleRateHz: only 44100",
        "id: htdemucs | id: HT Demucs | id: must be lower-case",
        "drums, bass | drums, drums | stems: a name is there twice",
        "'[drums, bass, other, vocals]' | # | stems: is empty",
        "other, vocals | ~, vocals | stems[2]: is empty",
        "path: weights/htdemucs.onnx | path: | files[0].path: is empty",
        "trackNormalisation: mono_mean_deviation | denoise: true | denoise: only mdx-net",
        "licence: research only | # | licence",
        "licence: research only | licence: 'research only | line"
      })
  void aWrongDefinitionIsRefusedWithFileAndKey(String right, String wrong, String named)
      throws IOException {
    Path file = folder.resolve("wrong.yaml");
    assertThat(GOOD).contains(right);
    Files.writeString(file, GOOD.replace(right, wrong));

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ModelCatalog.load(List.of(folder)))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .startsWith(file + ": ")
                    .contains(named)
                    .doesNotContain("\n"));
  }

  @Test
  void anEarlierFolderWinsAndTwoOfOneIdInAFolderAreRefused() throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    Files.writeString(first.resolve("mine.yaml"), GOOD.replace("revision: 2", "revision: 7"));
    Files.writeString(second.resolve("theirs.yaml"), GOOD);

    ModelCatalog catalog = ModelCatalog.load(List.of(first, second, folder.resolve("missing")));
    assertThat(catalog.require("htdemucs").spec().revision()).isEqualTo(7);

    Files.writeString(first.resolve("twin.yaml"), GOOD);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ModelCatalog.load(List.of(first)))
        .withMessageContaining("htdemucs is also defined in " + first.resolve("mine.yaml"));
  }

  @Test
  void anUnknownModelIsRefusedWithTheKnownOnes() throws IOException {
    Files.writeString(folder.resolve("htdemucs.yaml"), GOOD);
    ModelCatalog catalog = ModelCatalog.load(List.of(folder));

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> catalog.require("demucs"))
        .withMessageContaining("htdemucs")
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_UNKNOWN));
  }
}
