package dev.stemfleet.worker.job;

import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.model.Held;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.SpeechModel;
import dev.stemfleet.worker.model.WhisperModel;
import dev.stemfleet.worker.speech.ChatterboxEngine;
import dev.stemfleet.worker.speech.Recogniser;
import dev.stemfleet.worker.speech.SoundTools;
import dev.stemfleet.worker.speech.SpeechEngine;
import dev.stemfleet.worker.speech.Voices;
import dev.stemfleet.worker.speech.WhisperRecogniser;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What speaks and what listens, in the same cache as the models that separate; and the
/// demonstration voice, which needs none. Tokenizers are read once, and again only after their
/// model was closed and loaded anew. Used by the device thread; whoever opened it closes it.
public final class ResidentSpeechModels implements SpeechModels, AutoCloseable {
  private final ModelCache models;
  private final Voices voices;
  private final SpeechModels demonstration;
  private final SoundTools sounds = new SpeechSounds();
  private final Map<ModelRef, Speaking> speaking = new HashMap<>();
  private final Map<ModelRef, Listening> listening = new HashMap<>();

  private record Speaking(SpeechModel model, ChatterboxEngine engine) {}

  private record Listening(WhisperModel model, WhisperRecogniser recogniser) {}

  /// @param models stay open as long as this
  /// @param voices that were made from sounds
  public ResidentSpeechModels(ModelCache models, Voices voices, Clock clock) {
    this.models = models;
    this.voices = voices;
    this.demonstration = new DemonstrationModels(clock);
  }

  @Override
  public HeldEngine hold(CatalogSpeech model) {
    return model.spec().family() == SpeechFamily.DEMONSTRATION
        ? demonstration.hold(model)
        : held(model, models.hold(model));
  }

  @Override
  public Optional<HeldEngine> holdResident(CatalogSpeech model) {
    return model.spec().family() == SpeechFamily.DEMONSTRATION
        ? demonstration.holdResident(model)
        : models.holdResident(model).map(resident -> held(model, resident));
  }

  private HeldEngine held(CatalogSpeech model, Held<SpeechModel> held) {
    try {
      return new HeldNetworks(held, engine(model, held.model()));
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private ChatterboxEngine engine(CatalogSpeech model, SpeechModel network) {
    Speaking known = speaking.get(model.ref());
    if (known != null && known.model() == network) {
      return known.engine();
    }
    ChatterboxEngine engine = ChatterboxEngine.open(model, network, voices, sounds);
    speaking.put(model.ref(), new Speaking(network, engine));
    if (known != null) {
      known.engine().close();
    }
    return engine;
  }

  @Override
  public HeldRecogniser hold(CatalogRecogniser model) {
    Held<WhisperModel> held = models.hold(model);
    try {
      return new HeldEars(held, recogniser(model, held.model()));
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private WhisperRecogniser recogniser(CatalogRecogniser model, WhisperModel network) {
    Listening known = listening.get(model.ref());
    if (known != null && known.model() == network) {
      return known.recogniser();
    }
    WhisperRecogniser recogniser = WhisperRecogniser.open(model, network, sounds);
    listening.put(model.ref(), new Listening(network, recogniser));
    if (known != null) {
      known.recogniser().close();
    }
    return recogniser;
  }

  @Override
  public void closeIdle() {
    var _ = models.closeIdle();
  }

  @Override
  public void close() {
    speaking.values().forEach(one -> one.engine().close());
    speaking.clear();
    listening.values().forEach(one -> one.recogniser().close());
    listening.clear();
  }

  private record HeldNetworks(Held<SpeechModel> held, SpeechEngine engine) implements HeldEngine {
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
      held.close();
    }
  }

  private record HeldEars(Held<WhisperModel> held, Recogniser recogniser)
      implements HeldRecogniser {
    @Override
    public void close() {
      held.close();
    }
  }
}
