package dev.stemfleet.worker.speech.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.worker.speech.SpeechEngine.SpokenVoice;
import dev.stemfleet.worker.speech.SpeechException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DemonstrationVoiceTest {
  private static final String TEXT =
      "Every morning the ferry leaves the harbour, and nobody asks where it goes. "
          + "Would you like to know? Seven people once did.";

  private final DemonstrationVoice voice = new DemonstrationVoice();

  @Test
  void theSameSeedGivesTheSameSamplesAndAnotherOneOthers() throws SpeechException {
    SpokenVoice anna = voice.voice(null, "anna");

    float[] first = anna.speak(TEXT, "en", SpeechParameters.USUAL, 7);

    assertThat(anna.speak(TEXT, "en", SpeechParameters.USUAL, 7)).isEqualTo(first);
    assertThat(new DemonstrationVoice().voice(null, "anna").speak(TEXT, "en", usual(), 7))
        .isEqualTo(first);
    assertThat(anna.speak(TEXT, "en", SpeechParameters.USUAL, 8)).isNotEqualTo(first);
  }

  @Test
  void speaksAtThePaceOfPeople() throws SpeechException {
    double seconds = seconds(voice.voice(null, "anna").speak(TEXT, "en", usual(), 1));

    assertThat(TEXT.length() / seconds).isBetween(12.0, 16.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Über den Wolken muss die Freiheit wohl grenzenlos sein.",
        "Съешь же ещё этих мягких французских булок.",
        "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.",
        "いろはにほへと ちりぬるを。",
        "天地玄黃，宇宙洪荒。",
        "صِف خَلقَ خَودِ كَمِثلِ الشَمسِ",
        "42",
        "Pst!",
        "…",
        "🎵"
      })
  void saysSomethingInAnyLanguage(String text) throws SpeechException {
    float[] sound = voice.voice(null, "anna").speak(text, "en", usual(), 1);

    double seconds = seconds(sound);
    assertThat(seconds).isBetween(0.05, Math.max(3, 0.35 * text.length()));
    assertThat(peak(sound)).isBetween(0.69, 0.71);
    assertThat(loudPart(sound)).as("part that is not silent").isGreaterThan(0.25);
  }

  @ParameterizedTest
  @CsvSource({"anna, bert", "anna, clara", "bert, clara"})
  void speakersHavePitchesOfTheirOwn(String one, String other) throws SpeechException {
    String vowel = "aaaaaaaa";
    double first = pitchHz(voice.voice(null, one).speak(vowel, "en", usual(), 1));
    double second = pitchHz(voice.voice(null, other).speak(vowel, "en", usual(), 1));

    assertThat(Math.abs(first - second)).as("%s and %s Hz", first, second).isGreaterThan(5);
  }

  @Test
  void aRecordingMakesAVoiceOfItsOwn(@TempDir Path folder) throws Exception {
    Path recording = Files.write(folder.resolve("anna.wav"), new byte[] {1, 2, 3});
    Path copy = Files.write(folder.resolve("other-name.wav"), new byte[] {1, 2, 3});

    float[] own = voice.voice(recording, "x").speak(TEXT, "en", usual(), 1);

    assertThat(voice.voice(copy, "y").speak(TEXT, "en", usual(), 1)).isEqualTo(own);
    assertThat(voice.voice(null, "x").speak(TEXT, "en", usual(), 1)).isNotEqualTo(own);
  }

  @Test
  void vowelsHaveTheirResonancesAndHissesDoNot() throws SpeechException {
    SpokenVoice anna = voice.voice(null, "anna");

    assertThat(brightness(anna.speak("sssss", "en", usual(), 1)))
        .isGreaterThan(4 * brightness(anna.speak("ooooo", "en", usual(), 1)));
  }

  private static SpeechParameters usual() {
    return SpeechParameters.USUAL;
  }

  private double seconds(float[] sound) {
    return (double) sound.length / voice.sampleRateHz();
  }

  private static double peak(float[] sound) {
    double peak = 0;
    for (float sample : sound) {
      assertThat(sample).isFinite();
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  private static double loudPart(float[] sound) {
    int window = 480;
    int loud = 0;
    for (int from = 0; from + window <= sound.length; from += window) {
      loud += rms(Arrays.copyOfRange(sound, from, from + window)) > 0.001 ? 1 : 0;
    }
    return (double) loud * window / sound.length;
  }

  private static double rms(float[] sound) {
    double sum = 0;
    for (float sample : sound) {
      sum += (double) sample * sample;
    }
    return Math.sqrt(sum / sound.length);
  }

  /// Energy of the differences beside that of the samples: small for low sounds, up to 2 for high.
  private static double brightness(float[] sound) {
    float[] differences = new float[sound.length - 1];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = sound[i + 1] - sound[i];
    }
    return rms(differences) / rms(sound);
  }

  /// By the greatest autocorrelation from 80 to 300 Hz.
  private double pitchHz(float[] sound) {
    double best = 0;
    int period = 0;
    for (int lag = voice.sampleRateHz() / 300; lag < voice.sampleRateHz() / 80; lag++) {
      double sum = 0;
      for (int i = lag; i < sound.length; i++) {
        sum += (double) sound[i] * sound[i - lag];
      }
      if (sum / (sound.length - lag) > best) {
        best = sum / (sound.length - lag);
        period = lag;
      }
    }
    return (double) voice.sampleRateHz() / period;
  }
}
