package dev.stemfleet.dispatcher.script;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.YamlFile;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.domain.speech.Speech;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScriptTest {
  private static final String TWO =
      "{generation: {num_candidates: 3, speakers: [{id: ann, reference_audio: /a.wav}, {id: bob,"
          + " reference_audio: /b.wav}, {id: eve, reference_audio: /e.wav}]}}";

  @Test
  void aScriptIsCutAndCounted() {
    Script script = script("Hello there.\n\n<speaker:bob>Good day to you.", TWO);

    assertThat(script.chunks()).hasSize(2);
    assertThat(script.units()).isEqualTo(6);
    double tokens = 20 + 2.4 * 14 + 20 + 2.4 * 16;
    assertThat(script.estimatedSeconds()).isCloseTo(tokens / 25 + 0.8, within());
    assertThat(script.warnings()).singleElement().asString().contains("2 of 2 chunks");
  }

  @Test
  void onlyThoseWhoSpeakGoWithTheJob() {
    Speech speech = script("Hello. <speaker:bob>Good day.", TWO).speech((id, file) -> asset(id));

    assertThat(speech.speakers()).extracting(SpeakerOrder::id).containsExactly("ann", "bob");
    assertThat(speech.speakers())
        .extracting(SpeakerOrder::recording)
        .containsExactly(asset("ann"), asset("bob"));
  }

  @Test
  void anUnknownSpeakerIsWarnedOfAndTheDefaultOneSpeaks() {
    assertThat(script("Hello. <speaker:zoe>Good day.", TWO).warnings())
        .contains("No speaker is called 'zoe'; ann speaks those parts.");
    assertThat(script("<speaker:0>Hello. <speaker:reset>Good day.", TWO).warnings())
        .noneMatch(warning -> warning.contains("is called"));
  }

  @Test
  void aSentenceThatCannotBeCutIsWarnedOf() {
    assertThat(script("word ".repeat(200) + ".", "{}").warnings())
        .singleElement()
        .asString()
        .contains("a sentence of 1001 characters", "460");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                | is empty
          ' \\n '           | is empty
          <speaker:ann> \\n | nothing to be spoken
          one\\nt\\0wo      | line 2: holds the control character U+0000
          """)
  void aScriptWithoutWordsIsRefused(String text, String expected) {
    assertThatThrownBy(() -> script(text.translateEscapes(), TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void aBookIsRefused() {
    assertThatThrownBy(() -> script("Ten chars.".repeat(10_000), "{}"))
        .hasMessage("has 100,000 characters; a script has at most 60,000; cut it into parts");
  }

  @Test
  void otherCodingsAreNamedWithTheLine() {
    byte[] latin = "one\ntwo\nCaf\u00e9 au lait".getBytes(ISO_8859_1);

    assertThatThrownBy(() -> Script.read(latin, with("{}")))
        .hasMessage("line 3: is not UTF-8; save the script as UTF-8");
  }

  @Test
  void aMarkAtTheBeginningIsNotSpoken() {
    assertThat(script("\ufeffHello.", "{}").chunks().getFirst().text()).isEqualTo("Hello.");
  }

  private static Script script(String text, String yaml) {
    return Script.read(text.getBytes(UTF_8), with(yaml));
  }

  private static SpokenWith with(String yaml) {
    SpeechFile file = YamlFile.parse("job.yaml", yaml, SpeechFile.class);
    return new SpeechChoices(ModelCatalog.load(List.of()), SpeechFile.NONE, SpeechFlags.NONE)
        .of(List.of(file));
  }

  private static AssetRef asset(String id) {
    return new AssetRef(id + ".wav", "%064x".formatted(id.hashCode()));
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }
}
