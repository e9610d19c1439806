package dev.stemfleet.worker.job;

import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.model.Held;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.SpeechModel;
import dev.stemfleet.worker.model.WhisperModel;
import dev.stemfleet.worker.speech.ChatterboxEngine;
import dev.stemfleet.worker.speech.Recogniser;
import dev.stemfleet.worker.speech.Recordings;
import dev.stemfleet.worker.speech.SpeechEngine;
import dev.stemfleet.worker.speech.Voices;
import dev.stemfleet.worker.speech.WhisperRecogniser;
import java.time.Clock;
import java.util.Optional;

/// Speech models and recognisers of the worker's cache of models, and the demonstration voice
/// beside them. Voices are kept as long as the worker lives. Used by the device thread.
public final class ResidentEngines implements SpeechModels {
  private static final int MOST_VOICES = 64;

  private final ModelCache models;
  private final SpeechModels demonstration;
  private final Voices voices = new Voices(MOST_VOICES);
  private final Recordings recordings = new VoiceRecordings();

  public ResidentEngines(ModelCache models, Clock clock) {
    this.models = models;
    this.demonstration = new DemonstrationModels(clock);
  }

  @Override
  public HeldEngine hold(CatalogSpeech model) {
    return hasNetworks(model) ? opened(model, models.hold(model)) : demonstration.hold(model);
  }

  @Override
  public Optional<HeldEngine> holdResident(CatalogSpeech model) {
    return hasNetworks(model)
        ? models.holdResident(model).map(held -> opened(model, held))
        : demonstration.holdResident(model);
  }

  @Override
  public HeldRecogniser hold(CatalogRecogniser model) {
    Held<WhisperModel> held = models.hold(model);
    try {
      return new Listening(held, WhisperRecogniser.open(model, held.model()));
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  @Override
  public void closeIdle() {
    models.closeIdle();
  }

  private static boolean hasNetworks(CatalogSpeech model) {
    return model.spec().family() != SpeechFamily.DEMONSTRATION;
  }

  private HeldEngine opened(CatalogSpeech model, Held<SpeechModel> held) {
    try {
      return new Speaking(held, ChatterboxEngine.open(model, held.model(), voices, recordings));
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private record Speaking(Held<SpeechModel> held, ChatterboxEngine open) implements HeldEngine {
    @Override
    public SpeechEngine engine() {
      return open;
    }

    @Override
    public ModelFacts facts() {
      return held.facts();
    }

    @Override
    public void serveJob() {
      held.model().serveJob();
    }

    @Override
    public void close() {
      open.close();
      held.close();
    }
  }

  private record Listening(Held<WhisperModel> held, WhisperRecogniser open)
      implements HeldRecogniser {
    @Override
    public Recogniser recogniser() {
      return open;
    }

    @Override
    public void close() {
      open.close();
      held.close();
    }
  }
}
