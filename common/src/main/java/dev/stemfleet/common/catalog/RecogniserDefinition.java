package dev.stemfleet.common.catalog;

import dev.stemfleet.common.catalog.SpeechDefinition.OneFile;
import dev.stemfleet.common.domain.speech.RecogniserSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The YAML of a recogniser, field by field.
///
/// @param kind `recogniser`
/// @param variant default: fp32
record RecogniserDefinition(
    String kind,
    String id,
    int revision,
    Family family,
    Files files,
    @Nullable String variant,
    String licence,
    String source) {
  static final String KIND = "recogniser";
  private static final String USUAL_VARIANT = "fp32";

  /// Kinds of recognisers.
  enum Family {
    WHISPER
  }

  /// The files by their roles.
  record Files(OneFile encoder, OneFile decoder, OneFile tokenizer, @Nullable List<OneFile> side) {}

  RecogniserSpec toSpec() {
    return new RecogniserSpec(
        id,
        revision,
        files.encoder().toFile(),
        files.decoder().toFile(),
        files.tokenizer().toFile(),
        SpeechDefinition.sideFiles(files.side()),
        Objects.requireNonNullElse(variant, USUAL_VARIANT),
        licence,
        source);
  }
}
