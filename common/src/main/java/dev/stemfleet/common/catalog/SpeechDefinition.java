package dev.stemfleet.common.catalog;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.domain.speech.SpeechFiles;
import dev.stemfleet.common.domain.speech.SpeechSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The YAML of a speech model, field by field.
///
/// @param kind `speech`
/// @param variant default: fp32
/// @param textTokens default: as the family's public exports have them
record SpeechDefinition(
    String kind,
    String id,
    int revision,
    SpeechFamily family,
    @Nullable Files files,
    @Nullable String variant,
    @Nullable Integer textTokens,
    String licence,
    String source) {
  static final String KIND = "speech";
  private static final String USUAL_VARIANT = "fp32";

  /// One file.
  record OneFile(String path, String sha256, long bytes) {
    OneFile {
      // Said here, where the parser knows which of the files it is.
      var _ = new ModelFile(path, sha256, bytes);
    }

    ModelFile toFile() {
      return new ModelFile(path, sha256, bytes);
    }
  }

  /// The files by their roles.
  record Files(
      OneFile encoder,
      OneFile embedder,
      OneFile language,
      OneFile decoder,
      OneFile tokenizer,
      @Nullable OneFile voice,
      @Nullable List<OneFile> side) {
    SpeechFiles toFiles() {
      return new SpeechFiles(
          encoder.toFile(),
          embedder.toFile(),
          language.toFile(),
          decoder.toFile(),
          tokenizer.toFile(),
          voice == null ? null : voice.toFile(),
          sideFiles(side));
    }
  }

  static List<ModelFile> sideFiles(@Nullable List<OneFile> side) {
    return side == null ? List.of() : side.stream().map(OneFile::toFile).toList();
  }

  SpeechSpec toSpec() {
    return new SpeechSpec(
        id,
        revision,
        family,
        files == null ? null : files.toFiles(),
        Objects.requireNonNullElse(variant, USUAL_VARIANT),
        Objects.requireNonNullElse(textTokens, family.textTokens()),
        licence,
        source);
  }
}
