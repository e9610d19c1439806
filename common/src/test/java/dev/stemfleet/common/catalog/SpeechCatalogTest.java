package dev.stemfleet.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.domain.speech.SpeechFiles;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpeechCatalogTest {
  private static final String SHA256 = "ab".repeat(32);
  private static final String SPEECH =
      """
      kind: speech
      id: chatterbox
      revision: 1
      family: multilingual
      variant: q4
      files:
        encoder: {path: onnx/speech_encoder.onnx, sha256: SUM, bytes: 1}
        embedder: {path: onnx/embed_tokens.onnx, sha256: SUM, bytes: 2}
        language: {path: onnx/language_model_q4.onnx, sha256: SUM, bytes: 3}
        decoder: {path: onnx/conditional_decoder.onnx, sha256: SUM, bytes: 4}
        tokenizer: {path: tokenizer.json, sha256: SUM, bytes: 5}
        voice: {path: default_voice.wav, sha256: SUM, bytes: 6}
        side:
          - {path: onnx/language_model_q4.onnx_data, sha256: SUM, bytes: 7}
      licence: MIT
      source: https://example.org/chatterbox
      """
          .replace("SUM", SHA256);
  private static final String RECOGNISER =
      """
      kind: recogniser
      id: whisper-small
      revision: 1
      family: whisper
      files:
        encoder: {path: onnx/encoder_model.onnx, sha256: SUM, bytes: 1}
        decoder: {path: onnx/decoder_model_merged.onnx, sha256: SUM, bytes: 2}
        tokenizer: {path: tokenizer.json, sha256: SUM, bytes: 3}
      licence: MIT
      source: https://example.org/whisper
      """
          .replace("SUM", SHA256);

  @TempDir private Path folder;

  @Test
  void aDefinitionOfSpeechNamesEveryFileByItsRole() throws IOException {
    Files.writeString(folder.resolve("chatterbox.yaml"), SPEECH);

    CatalogSpeech model = catalog().requireSpeech("chatterbox");

    SpeechFiles files = Objects.requireNonNull(model.spec().files());
    assertThat(model.spec().family()).isEqualTo(SpeechFamily.MULTILINGUAL);
    assertThat(model.spec().textTokens()).isEqualTo(2352);
    assertThat(model.dtype()).isEqualTo("q4");
    assertThat(files.language()).isEqualTo(new ModelFile("onnx/language_model_q4.onnx", SHA256, 3));
    assertThat(files.voice()).isEqualTo(new ModelFile("default_voice.wav", SHA256, 6));
    assertThat(model.allFiles()).hasSize(7);
  }

  @Test
  void aRecogniserHasThreeFiles() throws IOException {
    Files.writeString(folder.resolve("whisper.yaml"), RECOGNISER);

    CatalogRecogniser model = catalog().requireRecogniser("whisper-small");

    assertThat(model.allFiles()).hasSize(3);
    assertThat(model.dtype()).isEqualTo("fp32");
  }

  @Test
  void theDemonstrationVoiceIsThereWithoutFiles() {
    CatalogSpeech model = catalog().usualSpeech();

    assertThat(model.spec().family()).isEqualTo(SpeechFamily.DEMONSTRATION);
    assertThat(model.allFiles()).isEmpty();
    assertThat(model.ref().sha256()).matches("[0-9a-f]{64}");
    assertThat(model.spec().family().speaks("de")).isTrue();
  }

  @Test
  void oneKindIsNeverTakenForAnother() throws IOException {
    Files.writeString(folder.resolve("chatterbox.yaml"), SPEECH);
    ModelCatalog catalog = catalog();

    assertThat(catalog.find("chatterbox")).isEmpty();
    assertThat(catalog.models()).extracting(CatalogModel::id).containsExactly("builtin");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> catalog.require("chatterbox"))
        .withMessage(
            "model chatterbox speaks texts; none that separates tracks is called so"
                + " (known: builtin)");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> catalog.requireSpeech("builtin"))
        .withMessageContaining("model builtin separates tracks; none that speaks texts");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> catalog.requireRecogniser("whisper"))
        .withMessage("model whisper is not known here (known: none)");
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: speech | kind: singing | kind: singing is not known; it is speech, recogniser",
        "family: multilingual | family: martian | family",
        "family: multilingual | family: demonstration | files: must be there, unless family",
        "variant: q4 | varient: q4 | varient",
        "path: tokenizer.json | path: ../tokenizer.json | files.tokenizer: path: must lie",
        "path: onnx/embed_tokens.onnx | path: tokenizer.json | tokenizer.json is there twice"
      })
  void whatIsWrongIsNamed(String right, String wrong, String message) throws IOException {
    Files.writeString(folder.resolve("chatterbox.yaml"), SPEECH.replace(right, wrong));

    assertThatThrownBy(this::catalog)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("chatterbox.yaml")
        .hasMessageContaining(message);
  }

  private ModelCatalog catalog() {
    return ModelCatalog.load(List.of(folder));
  }
}
