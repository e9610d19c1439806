package dev.stemfleet.common.domain.speech;

import dev.stemfleet.common.domain.ModelFile;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of a speech model by their roles.
///
/// @param encoder makes a voice from its recording
/// @param embedder makes embeddings from tokens
/// @param language says which token comes next
/// @param decoder makes sound from tokens
/// @param tokenizer a `tokenizer.json`
/// @param voice recording of the voice that speaks where none is given; null if there is none
/// @param side files that networks read by themselves (weights kept apart)
public record SpeechFiles(
    ModelFile encoder,
    ModelFile embedder,
    ModelFile language,
    ModelFile decoder,
    ModelFile tokenizer,
    @Nullable ModelFile voice,
    List<ModelFile> side) {
  public SpeechFiles {
    side = List.copyOf(side);
  }

  /// Files that are opened as networks.
  public List<ModelFile> networks() {
    return List.of(encoder, embedder, language, decoder);
  }

  /// Files that are read by whoever uses the networks.
  public List<ModelFile> others() {
    return Stream.concat(
            Stream.of(tokenizer), Stream.concat(Stream.ofNullable(voice), side.stream()))
        .toList();
  }
}
