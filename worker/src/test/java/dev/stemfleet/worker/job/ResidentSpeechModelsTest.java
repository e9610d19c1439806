package dev.stemfleet.worker.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.job.SpeechModels.HeldEngine;
import dev.stemfleet.worker.job.SpeechModels.HeldRecogniser;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.MemoryBudget;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.SpeechStubs;
import dev.stemfleet.worker.model.graph.WhisperStubs;
import dev.stemfleet.worker.speech.StubSpeech;
import dev.stemfleet.worker.speech.StubTokenizers;
import dev.stemfleet.worker.speech.Voices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What speaks and listens stays loaded from job to job.
final class ResidentSpeechModelsTest {
  private static final SpeechParameters PARAMETERS = new SpeechParameters(0.5, 0.5, 0, 1.2, 0, 1);

  @TempDir private Path folder;
  private final Voices voices = new Voices(8);
  private ModelCache cache = new ModelCache(Device.parse("cpu"), 1, Clock.systemUTC());

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void twentyScriptsOfTwoVoicesLoadTheModelOnceAndHearEachVoiceOnce() throws Exception {
    Path anna = tone("anna.wav", 4, 200);
    Path bert = tone("bert.wav", 5, 300);
    CatalogSpeech model = english();
    try (ResidentSpeechModels models = models()) {
      for (int script = 0; script < 20; script++) {
        try (HeldEngine held = models.hold(model)) {
          held.serveJob();
          assertThat(said(held, anna, script)).isNotEmpty();
          assertThat(said(held, bert, script)).isNotEmpty();
        }
      }
      try (HeldEngine held = models.holdResident(model).orElseThrow()) {
        assertThat(held.facts().jobsServed()).isEqualTo(20);
      }
    }
    assertThat(cache.counts()).isEqualTo(new ModelCache.Counts(20, 1));
    assertThat(voices.counts().misses()).isEqualTo(2);
    assertThat(voices.counts().hits()).isEqualTo(38);
  }

  @Test
  void aSpeakerThatComesBackSoundsAsBefore() throws Exception {
    Path anna = tone("anna.wav", 4, 200);
    Path bert = tone("bert.wav", 4, 300);
    CatalogSpeech model = english();
    try (ResidentSpeechModels models = models();
        HeldEngine held = models.hold(model)) {
      float[] first = said(held, anna, 3);
      float[] other = said(held, bert, 3);

      assertThat(said(held, anna, 3)).isEqualTo(first);
      assertThat(said(held, bert, 3)).isEqualTo(other);
    }
  }

  @Test
  void withRoomForOneTheRecogniserAndTheModelTakeTurns() throws Exception {
    CatalogSpeech speaking = english();
    CatalogRecogniser listening = StubSpeech.recogniser(folder, new WhisperStubs(true));
    cache.close();
    cache = new ModelCache(Device.parse("cpu"), 1, MemoryBudget.parse("1GB"), Clock.systemUTC());
    Path anna = tone("anna.wav", 4, 200);
    try (ResidentSpeechModels models = models()) {
      for (int i = 0; i < 2; i++) {
        float[] sound;
        try (HeldEngine held = models.hold(speaking)) {
          sound = said(held, anna, 1);
        }
        try (HeldRecogniser held = models.hold(listening)) {
          assertThat(held.recogniser().transcript(sound, "en")).isNotEmpty();
        }
      }
    }
    assertThat(cache.counts()).isEqualTo(new ModelCache.Counts(0, 4, 3));
    assertThat(voices.counts().misses()).isEqualTo(1);
  }

  @Test
  void aRecordingOfOneSecondIsRefusedInOneLine() throws Exception {
    Path brief = tone("brief.wav", 1, 200);
    CatalogSpeech model = english();
    try (ResidentSpeechModels models = models();
        HeldEngine held = models.hold(model)) {
      assertThatThrownBy(() -> held.engine().voice(brief, "anna"))
          .isInstanceOf(JobException.class)
          .hasMessage("voice recording brief.wav is 1.0 s long; a voice needs at least 3 s");
      assertThatThrownBy(() -> held.engine().voice(folder.resolve("none.wav"), "anna"))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("none.wav");
    }
  }

  @Test
  void theDemonstrationVoiceTakesNoRoom() {
    CatalogSpeech model = ModelCatalog.load(List.of()).usualSpeech();
    try (ResidentSpeechModels models = models();
        HeldEngine held = models.hold(model)) {
      assertThat(held.facts().id()).isEqualTo("demonstration");
      assertThat(models.holdResident(model)).isPresent();
    }
    assertThat(cache.counts()).isEqualTo(new ModelCache.Counts(0, 0));
  }

  private ResidentSpeechModels models() {
    return new ResidentSpeechModels(cache, voices, Clock.systemUTC());
  }

  private CatalogSpeech english() throws IOException {
    return StubSpeech.write(
        folder,
        SpeechFamily.ENGLISH,
        SpeechStubs.english(2, ElementType.FLOAT32),
        StubTokenizers.english(false));
  }

  private static float[] said(HeldEngine held, Path voice, long seed) throws Exception {
    return held.engine().voice(voice, "x").speak("the other llama", "en", PARAMETERS, seed);
  }

  private Path tone(String name, double seconds, double hz) {
    return TestSound.tone(seconds, hz, 0.3).writeWav(folder.resolve(name));
  }
}
