package dev.stemfleet.common.domain.speech;

import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A model that writes down what is said, as its definition describes it: a Whisper export.
///
/// @param id what people and messages call it: lower-case letters, digits, `-`, `_`, `.`
/// @param revision 1 or more, raised by whoever changes the definition
/// @param encoder hears the sound
/// @param decoder says which token comes next
/// @param tokenizer a `tokenizer.json`
/// @param side files that networks read by themselves (weights kept apart)
/// @param variant of the numbers, as its authors name it: `fp32`, `q8` …
/// @param licence of the weights, as the operator knows it
/// @param source where the files come from
public record RecogniserSpec(
    String id,
    int revision,
    ModelFile encoder,
    ModelFile decoder,
    ModelFile tokenizer,
    List<ModelFile> side,
    String variant,
    String licence,
    String source) {
  public RecogniserSpec {
    require(id.matches("[a-z0-9][a-z0-9._-]*"), "id: must be lower-case letters, digits, . _ -");
    require(revision >= 1, "revision: must be 1 or more");
    require(variant.matches("[a-z0-9_]{1,20}"), "variant: must be a word as fp32 or q8");
    require(!licence.isBlank(), "licence: must not be empty");
    require(!source.isBlank(), "source: must not be empty");
    side = List.copyOf(side);
    Set<String> paths = new HashSet<>();
    for (ModelFile file : all(encoder, decoder, tokenizer, side)) {
      require(paths.add(file.path()), "files: %s is there twice".formatted(file.path()));
    }
  }

  /// Names the model: the same reference means the same transcript of the same sound.
  public ModelRef ref() {
    Fingerprint all = new Fingerprint("recogniser");
    allFiles().forEach(file -> all.with(file.path(), file.sha256()));
    return new ModelRef(id, all.hex());
  }

  /// Every file, in the order of its role.
  public List<ModelFile> allFiles() {
    return all(encoder, decoder, tokenizer, side);
  }

  private static List<ModelFile> all(
      ModelFile encoder, ModelFile decoder, ModelFile tokenizer, List<ModelFile> side) {
    return Stream.concat(Stream.of(encoder, decoder, tokenizer), side.stream()).toList();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
