package dev.stemfleet.worker.job;

import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.speech.SpeechEngine;
import dev.stemfleet.worker.speech.demonstration.DemonstrationVoice;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// The demonstration voice, which is always there and takes no memory to speak of. Used by the
/// device thread.
public final class DemonstrationModels implements SpeechModels {
  private final SpeechEngine engine = new DemonstrationVoice();
  private final Instant since;
  private long served;

  public DemonstrationModels(Clock clock) {
    since = clock.instant();
  }

  @Override
  public HeldEngine hold(CatalogSpeech model) {
    return holdResident(model)
        .orElseThrow(
            () ->
                new JobException(
                    FailureCode.MODEL_UNKNOWN, "this worker cannot speak with " + model.id()));
  }

  @Override
  public Optional<HeldEngine> holdResident(CatalogSpeech model) {
    return model.spec().family() == SpeechFamily.DEMONSTRATION
        ? Optional.of(new Held(model))
        : Optional.empty();
  }

  @Override
  public HeldRecogniser hold(CatalogRecogniser model) {
    throw new JobException(
        FailureCode.MODEL_UNKNOWN, "this worker cannot listen with " + model.id());
  }

  @Override
  public void closeIdle() {}

  private final class Held implements HeldEngine {
    private final CatalogSpeech model;

    Held(CatalogSpeech model) {
      this.model = model;
    }

    @Override
    public SpeechEngine engine() {
      return engine;
    }

    @Override
    public ModelFacts facts() {
      return new ModelFacts(
          model.id(), model.ref().sha256(), "cpu", model.dtype(), 0, since, served);
    }

    @Override
    public void serveJob() {
      served++;
    }

    @Override
    public void close() {}
  }
}
