package dev.stemfleet.worker.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.speech.Candidates;
import dev.stemfleet.common.domain.speech.ChunkLimits;
import dev.stemfleet.common.domain.speech.Levelling;
import dev.stemfleet.common.domain.speech.Pauses;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.domain.speech.Speech;
import dev.stemfleet.common.domain.speech.Thresholds;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.speech.FakeSpeech.Engine;
import dev.stemfleet.worker.speech.FakeSpeech.Listener;
import dev.stemfleet.worker.speech.FakeSpeech.Said;
import dev.stemfleet.worker.speech.FakeSpeech.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class NarratorTest {
  private static final String TEXT =
      "One sentence is here. <speaker:bert>Another one is there. <speaker:anna>The last is mine.";

  private final Engine engine = new Engine();
  private final Shelf shelf = new Shelf();
  private final Listener listener = new Listener();

  @Test
  void everyChunkIsSpokenInEveryCandidateByItsSpeaker() {
    Narration narration = narrator(script(TEXT, 2, 1)).narrate(Progress.NONE);

    assertThat(engine.said)
        .extracting(Said::speaker)
        .containsExactly("anna", "anna", "bert", "bert", "anna", "anna");
    assertThat(engine.voices).as("each voice is made once").containsExactly("anna", "bert");
    assertThat(narration.chunks())
        .hasSize(3)
        .allSatisfy(chunk -> assertThat(chunk.takes()).hasSize(2));
    assertThat(narration.chunks().getFirst().takes())
        .extracting(take -> take.slot().kind())
        .containsExactly(Candidates.Kind.EXPRESSIVE, Candidates.Kind.CONSERVATIVE);
    assertThat(engine.said).extracting(Said::seed).doesNotHaveDuplicates();
  }

  @Test
  void progressCountsTakes() {
    List<String> told = new ArrayList<>();
    Progress counting =
        new Progress() {
          @Override
          public void at(double fraction) {}

          @Override
          public void units(int done, int wanted) {
            told.add(done + "/" + wanted);
          }
        };

    narrator(script(TEXT, 2, 1)).narrate(counting);

    assertThat(told).containsExactly("1/6", "2/6", "3/6", "4/6", "5/6", "6/6");
  }

  @Test
  void aStoppedNarrationGoesOnWithTheNextMissingTake() {
    Script script = script(TEXT, 2, 1);
    Progress stopping =
        fraction -> {
          if (fraction > 0.49) {
            throw new IllegalStateException("stop");
          }
        };
    assertThatThrownBy(() -> narrator(script).narrate(stopping)).hasMessage("stop");
    assertThat(engine.said).hasSize(3);

    Narrator second = narrator(script);
    Narration narration = second.narrate(Progress.NONE);

    assertThat(second.made()).isEqualTo(3);
    assertThat(engine.said).hasSize(6).doesNotHaveDuplicates();
    assertThat(narration).isEqualTo(new NarratorTest().whole());
  }

  @Test
  void allThatIsThereNeedsNoVoice() {
    narrator(script(TEXT, 2, 1)).narrate(Progress.NONE);
    engine.voices.clear();

    Narrator second = narrator(script(TEXT, 2, 1));
    Narration narration = second.narrate(Progress.NONE);

    assertThat(engine.voices).isEmpty();
    assertThat(second.samples(narration.chunks().getLast())).isNotEmpty();
  }

  @Test
  void aGapIsFilledWithItsOwnParametersAndSeed() {
    narrator(script(TEXT, 3, 1)).narrate(Progress.NONE);
    String gap = Objects.requireNonNull(shelf.take(1, 1));
    byte[] before = Objects.requireNonNull(shelf.files.remove(gap));
    Said first = engine.said.get(4);
    engine.said.clear();

    narrator(script(TEXT, 3, 1)).narrate(Progress.NONE);

    assertThat(engine.said).containsExactly(first);
    assertThat(shelf.files.get(gap)).isEqualTo(before);
  }

  @Test
  void aDamagedTakeIsSpokenAgain() {
    narrator(script(TEXT, 2, 1)).narrate(Progress.NONE);
    String name = Objects.requireNonNull(shelf.take(0, 0));
    byte[] whole = Objects.requireNonNull(shelf.files.get(name)).clone();
    Objects.requireNonNull(shelf.files.get(name))[whole.length - 1] ^= 1;
    engine.said.clear();

    narrator(script(TEXT, 2, 1)).narrate(Progress.NONE);

    assertThat(engine.said).hasSize(1);
    assertThat(shelf.files.get(name)).isEqualTo(whole);
  }

  @Test
  void aFailedCandidateIsLeftOutAndNotTriedAgain() {
    engine.saying =
        (text, seed) -> {
          if (text.startsWith("Another") && engine.said.size() == 3) {
            throw new SpeechException("it hangs");
          }
          return FakeSpeech.tone(text, seed);
        };

    Narration narration = narrator(script(TEXT, 2, 1)).narrate(Progress.NONE);
    narrator(script(TEXT, 2, 1)).narrate(Progress.NONE);

    assertThat(engine.said).hasSize(6);
    assertThat(narration.chunks().get(1).chosen()).isEqualTo(1);
    assertThat(narration.chunks().get(1).takes().getFirst().verdict().fault())
        .isEqualTo("it hangs");
  }

  @Test
  void retriesComeOnlyWhenNoCandidateIsValidAndEndWithTheFirstThatIs() {
    engine.saying =
        (text, seed) ->
            text.startsWith("One") && engine.said.size() < 4
                ? new float[100]
                : FakeSpeech.tone(text, seed);

    Narration narration = narrator(script(TEXT, 2, 3)).narrate(Progress.NONE);

    assertThat(narration.chunks())
        .extracting(chunk -> chunk.takes().size())
        .containsExactly(4, 2, 2);
    assertThat(narration.chunks().getFirst().best().slot().kind())
        .isEqualTo(Candidates.Kind.RETRY_CONSERVATIVE);
  }

  @Test
  void silenceAndWhatIsNoNumberFailTheScriptAndNameTheChunk() {
    engine.saying =
        (text, seed) ->
            text.startsWith("Another")
                ? engine.said.size() == 3 ? new float[24_000] : new float[] {Float.NaN}
                : FakeSpeech.tone(text, seed);

    assertThatThrownBy(() -> narrator(script(TEXT, 2, 1)).narrate(Progress.NONE))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SOUND_CHECK_FAILED))
        .hasMessageContainingAll("chunk 2", "Another one is there.", "silent", "not a number");
  }

  @Test
  void whatIsTooLongIsHeardOnlyIfNothingBetterIsThere() {
    engine.saying = (text, seed) -> FakeSpeech.tone(text + " ".repeat(300), seed);

    Narration narration = narrator(script(TEXT, 1, 1)).narrate(Progress.NONE);

    assertThat(narration.chunks().getFirst().takes()).hasSize(2);
    assertThat(narration.chunks().getFirst().best().verdict().valid()).isFalse();
    assertThat(narration.chunks().getFirst().best().verdict().fault()).contains("too long");
  }

  @Test
  void whatWasUnderstoodComesFirstThenTheShorter() {
    int[] lengths = {40_000, 50_000, 45_000};
    engine.saying =
        (text, seed) ->
            java.util.Arrays.copyOf(
                FakeSpeech.tone("x".repeat(60), seed), lengths[(engine.said.size() - 1) % 3]);
    listener.heard.put(40_000, "something else altogether was heard");
    listener.heard.put(50_000, "One sentence is here.");
    listener.heard.put(45_000, "One sentence is here.");

    Script script = script("One sentence is here.", 3, 0);
    Narration narration = new Narrator(script, engine, shelf, listener).narrate(Progress.NONE);

    assertThat(narration.chunks().getFirst().chosen()).isEqualTo(2);
    assertThat(narration.chunks().getFirst().takes())
        .extracting(take -> take.verdict().valid())
        .containsExactly(false, true, true);

    new Narrator(script, engine, shelf, listener).narrate(Progress.NONE);
    assertThat(listener.asked).as("a transcript belongs to its sound").isEqualTo(3);
  }

  @Test
  void unknownSpeakersAreTheDefaultOne() {
    Script script = script("<speaker:carl>Who am I? <speaker:0>And I?", 1, 0);

    narrator(script).narrate(Progress.NONE);

    assertThat(engine.said).extracting(Said::speaker).containsOnly("anna");
    assertThat(script.unknownSpeakers()).containsExactly("carl");
  }

  private Narration whole() {
    return narrator(script(TEXT, 2, 1)).narrate(Progress.NONE);
  }

  private Narrator narrator(Script script) {
    return new Narrator(script, engine, shelf, null);
  }

  private static Script script(String text, int count, int retries) {
    List<SpeakerOrder> speakers =
        List.of(
            FakeSpeech.speaker("anna", count, retries), FakeSpeech.speaker("bert", count, retries));
    Speech speech =
        new Speech(
            "en",
            speakers,
            "anna",
            ChunkLimits.USUAL,
            Pauses.USUAL,
            Levelling.USUAL,
            Thresholds.USUAL,
            null);
    return Script.of("ab".repeat(32), text, speech, new ModelRef("fake", "cd".repeat(32)));
  }
}
