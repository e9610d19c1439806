package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.domain.speech.SpeechSpec;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;

/// From a text to the ids that a speech model hears, without the marks around them. Immutable.
///
/// Source: resemble-ai/chatterbox, `tokenizer.py` (spaces as `[SPACE]`; multilingual texts in lower
/// case, decomposed by NFKD, behind the tag of their language). Published `tokenizer.json` files
/// differ in whether they do that, and add the marks, themselves: here it is done for them, and
/// marks that they add are taken off again.
final class SpeechText {
  private static final String SPACE = "[SPACE]";

  /// Ids from here on are marks of speech, not of text.
  private static final int MARKS = 6561;

  private final SpeechSpec spec;
  private final Tokens tokens;
  private final SpokenText cleanUp;

  private SpeechText(SpeechSpec spec, Tokens tokens, SpokenText cleanUp) {
    this.spec = spec;
    this.tokens = tokens;
    this.cleanUp = cleanUp;
  }

  /// @throws JobException MODEL_BROKEN if the tokenizer is not one that fits the model
  static SpeechText of(SpeechSpec spec, Tokens tokens) {
    SpokenText cleanUp =
        switch (spec.family()) {
          case ENGLISH -> SpokenText.ENGLISH;
          case MULTILINGUAL -> SpokenText.MULTILINGUAL;
          case TURBO -> SpokenText.TURBO;
          case DEMONSTRATION -> throw new IllegalArgumentException("it has no tokenizer");
        };
    SpeechText text = new SpeechText(spec, tokens, cleanUp);
    text.requireFits();
    return text;
  }

  private void requireFits() {
    switch (spec.family()) {
      case ENGLISH, MULTILINGUAL -> {
        requireId("[STOP]", SpeechPrompt.STOP_TEXT);
        requireId("[START]", SpeechPrompt.START_TEXT);
        requireId(SPACE, 2);
      }
      case TURBO -> requireId("<|endoftext|>", SpeechPrompt.END_OF_TEXT);
      case DEMONSTRATION -> {}
    }
    if (spec.family() == SpeechFamily.MULTILINGUAL) {
      // Its public tokenizer has some hundred tokens more than its network: who uses them is
      // refused when it happens.
      spec.family().languages().forEach(this::requireTag);
      return;
    }
    int bound = spec.family() == SpeechFamily.TURBO ? Integer.MAX_VALUE : MARKS;
    int highest = tokens.highestBelow(bound);
    if (highest >= spec.textTokens()) {
      throw misfit("has a token %d".formatted(highest));
    }
  }

  private void requireId(String token, int wanted) {
    OptionalInt id = tokens.id(token);
    if (id.isEmpty() || id.getAsInt() != wanted) {
      throw Tokens.broken(
          tokens.file(),
          "does not fit a model of family %s: %s is %s, not %d"
              .formatted(
                  spec.family().key(),
                  token,
                  id.isEmpty() ? "not there" : Integer.toString(id.getAsInt()),
                  wanted));
    }
  }

  private void requireTag(String language) {
    OptionalInt id = tokens.id(tag(language));
    if (id.isEmpty()) {
      throw Tokens.broken(
          tokens.file(),
          "does not fit a model of family multilingual: there is no " + tag(language));
    }
    if (id.getAsInt() >= spec.textTokens()) {
      throw misfit("%s is %d".formatted(tag(language), id.getAsInt()));
    }
  }

  private JobException misfit(String what) {
    return Tokens.broken(
        tokens.file(),
        "does not fit the model: %s, but %s knows %d text tokens"
            .formatted(what, spec.id(), spec.textTokens()));
  }

  private static String tag(String language) {
    return "[" + language + "]";
  }

  /// @param language of the text, as `en`
  /// @throws JobException SCRIPT_UNUSABLE if the model does not speak the language, there is
  ///   nothing to say, or the text holds what the model has no token for
  long[] ids(String text, String language) {
    if (!spec.family().speaks(language)) {
      throw refused(
          "language: %s is not spoken by model %s, which speaks %s"
              .formatted(language, spec.id(), String.join(", ", spec.family().languages())));
    }
    String clean;
    try {
      clean = cleanUp.of(text);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    long[] ids = withoutMarks(tokens.ids(prepared(clean, language)));
    requireSayable(ids, clean);
    return ids;
  }

  private String prepared(String clean, String language) {
    return switch (spec.family()) {
      case ENGLISH -> clean.replace(" ", SPACE);
      case MULTILINGUAL ->
          tag(language)
              + Normalizer.normalize(clean.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD)
                  .replace(" ", SPACE);
      case TURBO, DEMONSTRATION -> clean;
    };
  }

  private long[] withoutMarks(long[] ids) {
    int from = 0;
    int to = ids.length;
    if (spec.family() == SpeechFamily.TURBO) {
      while (to > 0 && ids[to - 1] == SpeechPrompt.END_OF_TEXT) {
        to--;
      }
      return Arrays.copyOf(ids, to);
    }
    while (from < to && (ids[from] == SpeechPrompt.EXAGGERATION || isStart(ids, from))) {
      from++;
    }
    while (to > from && (ids[to - 1] == MARKS || isStop(ids, to - 1))) {
      to--;
    }
    return Arrays.copyOfRange(ids, from, to);
  }

  /// The first one, or the one behind the mark of exaggeration.
  private static boolean isStart(long[] ids, int at) {
    return ids[at] == SpeechPrompt.START_TEXT
        && (at == 0 || ids[at - 1] == SpeechPrompt.EXAGGERATION);
  }

  /// The last one, or the one before the marks of speech.
  private static boolean isStop(long[] ids, int at) {
    return ids[at] == SpeechPrompt.STOP_TEXT && (at == ids.length - 1 || ids[at + 1] == MARKS);
  }

  private void requireSayable(long[] ids, String clean) {
    String begin = clean.length() <= 40 ? clean : clean.substring(0, 40) + "…";
    if (ids.length == 0) {
      throw refused("There is nothing to say in \"%s\".".formatted(begin));
    }
    for (long id : ids) {
      boolean mark =
          spec.family() == SpeechFamily.TURBO
              ? id == SpeechPrompt.END_OF_TEXT
              : id == SpeechPrompt.STOP_TEXT;
      if (mark) {
        throw refused("\"%s\" holds the mark that ends texts.".formatted(begin));
      }
      if (id >= spec.textTokens()) {
        throw refused(
            "\"%s\" holds token %d; model %s knows %d text tokens."
                .formatted(begin, id, spec.id(), spec.textTokens()));
      }
    }
  }

  private static JobException refused(String why) {
    return new JobException(FailureCode.SCRIPT_UNUSABLE, why);
  }
}
