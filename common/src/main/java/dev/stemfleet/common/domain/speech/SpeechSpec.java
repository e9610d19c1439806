package dev.stemfleet.common.domain.speech;

import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A model that speaks texts, as its definition describes it.
///
/// @param id what people and messages call it: lower-case letters, digits, `-`, `_`, `.`
/// @param revision 1 or more, raised by whoever changes the definition
/// @param files null for the demonstration voice only
/// @param variant of the language model's numbers, as its authors name it: `fp32`, `fp16`, `q4` …
/// @param textTokens rows of the embedder's table of text tokens
/// @param licence of the weights, as the operator knows it
/// @param source where the files come from
public record SpeechSpec(
    String id,
    int revision,
    SpeechFamily family,
    @Nullable SpeechFiles files,
    String variant,
    int textTokens,
    String licence,
    String source) {
  /// Of the demonstration voice's program. Whoever changes what it says raises this.
  static final int DEMONSTRATION_VERSION = 1;

  public SpeechSpec {
    require(id.matches("[a-z0-9][a-z0-9._-]*"), "id: must be lower-case letters, digits, . _ -");
    require(revision >= 1, "revision: must be 1 or more");
    require(
        (files == null) == (family == SpeechFamily.DEMONSTRATION),
        "files: must be there, unless family is demonstration");
    require(variant.matches("[a-z0-9_]{1,20}"), "variant: must be a word as fp32 or q4");
    require(textTokens >= 0, "textTokens: must be more than nothing");
    require(!licence.isBlank(), "licence: must not be empty");
    require(!source.isBlank(), "source: must not be empty");
    Set<String> paths = new HashSet<>();
    for (ModelFile file : all(files)) {
      require(paths.add(file.path()), "files: %s is there twice".formatted(file.path()));
    }
  }

  /// Names the model: the same reference means the same tokens for the same text, voice, parameters
  /// and seed.
  public ModelRef ref() {
    Fingerprint all = new Fingerprint("speech model").with("family", family.key());
    if (files == null) {
      all.with("id", id).with("revision", revision).with("version", DEMONSTRATION_VERSION);
    } else {
      all.with("textTokens", textTokens);
      all(files).forEach(file -> all.with(file.path(), file.sha256()));
    }
    return new ModelRef(id, all.hex());
  }

  /// Every file, in the order of its role.
  public List<ModelFile> allFiles() {
    return all(files);
  }

  private static List<ModelFile> all(@Nullable SpeechFiles files) {
    return files == null
        ? List.of()
        : Stream.concat(files.networks().stream(), files.others().stream()).toList();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
