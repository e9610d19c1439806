package dev.stemfleet.common.domain.speech;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Kinds of speech models that can be spoken with. Which languages each knows, as
/// resemble-ai/chatterbox lists them; of the multilingual ones Chinese, Japanese, Hebrew, Korean
/// and Russian are left out, because their texts need a preparation that is not made here.
public enum SpeechFamily {
  /// Chatterbox, English: 704 text tokens, guided by a second row.
  ENGLISH(704, "en"),
  /// Chatterbox Multilingual: the language is a token before the text.
  MULTILINGUAL(2352, "ar da de el en es fi fr hi it ms nl no pl pt sv sw tr"),
  /// Chatterbox Turbo: English, without guidance, exaggeration and min-p.
  TURBO(50_276, "en"),
  /// The voice that comes along and has no networks; it reads letters, whatever the language.
  DEMONSTRATION(0, "");

  private final int textTokens;
  private final String languages;

  SpeechFamily(int textTokens, String languages) {
    this.textTokens = textTokens;
    this.languages = languages;
  }

  /// Rows that the public exports' table of text embeddings has.
  public int textTokens() {
    return textTokens;
  }

  /// Two or three letters each; empty if any will do.
  public List<String> languages() {
    return languages.isEmpty() ? List.of() : Arrays.asList(languages.split(" ", -1));
  }

  public boolean speaks(String language) {
    return languages.isEmpty() || languages().contains(language);
  }

  /// Seconds that a recording of a voice must have: of Turbo its authors say so; of the others,
  /// what is hardly a sentence is no voice.
  public double leastVoiceSeconds() {
    return this == TURBO ? 5 : 2;
  }

  /// Parameters that it has no use for, as job files call them: whoever gives them is told.
  public List<String> unused() {
    return switch (this) {
      case ENGLISH, MULTILINGUAL -> List.of();
      case TURBO -> List.of("cfg_weight", "exaggeration", "min_p");
      case DEMONSTRATION -> List.of();
    };
  }

  /// The word in definitions.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
