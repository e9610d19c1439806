package dev.stemfleet.worker.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.domain.speech.SpeechFiles;
import dev.stemfleet.common.domain.speech.SpeechSpec;
import dev.stemfleet.common.failure.JobException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// From texts to ids, by the real library, against merges made one by one.
final class SpeechTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"the other llama", "who knows the weather?", "low, lower: then hell"})
  void englishIsMergedByRankWhetherTheFileWrapsOrNot(String text) {
    SpeechText plain = english(StubTokenizers.english(false));
    SpeechText wrapping = english(StubTokenizers.english(true));

    long[] expected = merged(SpokenText.ENGLISH.of(text));
    assertThat(plain.ids(text, "en")).containsExactly(expected);
    assertThat(wrapping.ids(text, "en")).containsExactly(expected);
  }

  @Test
  void whatTheTokenizerDoesNotKnowIsOneUnknownEach() {
    long[] ids = english(StubTokenizers.english(false)).ids("A ψψ b", "en");

    assertThat(LongStream.of(ids).filter(id -> id == 1)).hasSize(2);
  }

  @Test
  void aMultilingualTextComesBehindItsLanguageInLowerCaseAndDecomposed() {
    SpeechText text = text(SpeechFamily.MULTILINGUAL, StubTokenizers.multilingual());

    long[] german = text.ids("Ähre", "de");
    long[] english = text.ids("Ähre", "en");

    assertThat(german[0]).isEqualTo(702);
    assertThat(english[0]).isEqualTo(704);
    // a, the two dots, h, r, e, full stop
    assertThat(german).hasSize(7);
    assertThat(german[1]).isEqualTo(10);
    assertThat(german[2]).isEqualTo(1);
  }

  @Test
  void tokensThatTheNetworkDoesNotKnowAreRefusedWhenTheyAreUsed() {
    SpeechText text = text(SpeechFamily.MULTILINGUAL, StubTokenizers.multilingual());

    assertThat(text.ids("strasse", "de")).isNotEmpty();
    assertThatThrownBy(() -> text.ids("ß", "de"))
        .isInstanceOf(JobException.class)
        .hasMessage("\"ß.\" holds token 2400; model test knows 2352 text tokens.");
  }

  @ParameterizedTest
  @CsvSource({"MULTILINGUAL, ja", "MULTILINGUAL, xx", "ENGLISH, de", "TURBO, fr"})
  void otherLanguagesAreRefusedInOneLine(SpeechFamily family, String language) {
    SpeechText text = text(family, tokenizer(family));

    assertThatThrownBy(() -> text.ids("Hello.", language))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("language: " + language + " is not spoken by model test, which");
  }

  @Test
  void turboTakesBytesAndItsTags() {
    SpeechText text = text(SpeechFamily.TURBO, StubTokenizers.turbo());

    assertThat(text.ids("ab [laugh]", "en")).containsExactly(100, 1, 26, 50_257, 126);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|There is nothing to say.",
        "Stop [STOP] here|\"Stop [STOP] here.\" holds the mark that ends texts."
      })
  void whatCannotBeSaidIsRefused(String said, String message) {
    SpeechText text = english(StubTokenizers.english(false));

    assertThatThrownBy(() -> text.ids(said, "en"))
        .isInstanceOf(JobException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENGLISH|TURBO|does not fit a model of family english: [STOP] is not there, not 0",
        "TURBO|ENGLISH|does not fit a model of family turbo: <|endoftext|> is not there, not 50256",
        "MULTILINGUAL|ENGLISH|there is no [ar]",
        "ENGLISH|MULTILINGUAL|has a token 2400, but test knows 704 text tokens"
      })
  void aTokenizerOfAnotherModelIsRefusedAtLoad(
      SpeechFamily model, SpeechFamily file, String message) {
    assertThatThrownBy(() -> text(model, tokenizer(file)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("tokenizer.json: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[1", "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 1}}}"})
  void whatIsNoTokenizerIsSaidSo(String json) {
    assertThatThrownBy(() -> english(json))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("tokenizer.json: ");
  }

  private static String tokenizer(SpeechFamily family) {
    return switch (family) {
      case ENGLISH, DEMONSTRATION -> StubTokenizers.english(false);
      case MULTILINGUAL -> StubTokenizers.multilingual();
      case TURBO -> StubTokenizers.turbo();
    };
  }

  private static SpeechText english(String json) {
    return text(SpeechFamily.ENGLISH, json);
  }

  private static SpeechText text(SpeechFamily family, String json) {
    ModelFile[] files = new ModelFile[5];
    for (int i = 0; i < files.length; i++) {
      files[i] = new ModelFile("file" + i, "ab".repeat(32), 1);
    }
    SpeechSpec spec =
        new SpeechSpec(
            "test",
            1,
            family,
            new SpeechFiles(files[0], files[1], files[2], files[3], files[4], null, List.of()),
            "fp32",
            family.textTokens(),
            "none",
            "test");
    return SpeechText.of(
        spec, Tokens.read("tokenizer.json", json.getBytes(StandardCharsets.UTF_8)));
  }

  /// Byte-pair encoding as it is defined: the pair of the lowest rank first, until none is left;
  /// words and spaces apart.
  private static long[] merged(String text) {
    List<Long> ids = new ArrayList<>();
    for (String part : text.split("(?<= )|(?= )", -1)) {
      if (part.equals(" ")) {
        ids.add(2L);
        continue;
      }
      List<String> symbols = new ArrayList<>(List.of(part.split("", -1)));
      symbols.removeIf(String::isEmpty);
      for (String merge : StubTokenizers.MERGES) {
        String[] pair = merge.split(" ", -1);
        for (int i = 0; i + 1 < symbols.size(); i++) {
          if (symbols.get(i).equals(pair[0]) && symbols.get(i + 1).equals(pair[1])) {
            symbols.set(i, pair[0] + pair[1]);
            symbols.remove(i + 1);
          }
        }
      }
      symbols.forEach(symbol -> ids.add(id(symbol)));
    }
    return ids.stream().mapToLong(Long::longValue).toArray();
  }

  private static long id(String symbol) {
    long letter = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,!?-'".indexOf(symbol);
    if (symbol.length() == 1) {
      return 10 + letter;
    }
    for (int i = 0; i < StubTokenizers.MERGES.size(); i++) {
      if (StubTokenizers.MERGES.get(i).replace(" ", "").equals(symbol)) {
        return 10L + 58 + i;
      }
    }
    throw new IllegalArgumentException(symbol);
  }
}
