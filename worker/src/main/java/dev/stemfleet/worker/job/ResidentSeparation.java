package dev.stemfleet.worker.job;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.model.Held;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.ResidentModel;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.StemStore;
import java.nio.file.Path;
import java.util.Optional;

/// Separation by resident models: hands the model that a job names to the separation, and holds it
/// meanwhile. Used by the device thread.
public final class ResidentSeparation {
  private final KnownModels known;
  private final ModelCache models;
  private final TrackStems stems;

  public ResidentSeparation(
      KnownModels known, ModelCache models, StemStore store, Separator separator) {
    this.known = known;
    this.models = models;
    this.stems = new TrackStems(store, separator);
  }

  /// Loads and warms a model, so that the first job finds it ready.
  public ModelFacts prepare(String modelId) {
    try (Held<ResidentModel> held = models.hold(known.require(modelId))) {
      return held.facts();
    }
  }

  /// The stems that a job wants; the caller closes them. Its model is loaded only if they have to
  /// be made.
  StemAudio stems(JobContext context, Path sound) {
    CatalogModel model = known.require(context.job().model());
    try (NeededModel needed = new NeededModel(models, model)) {
      StemStore.Held made = stems.of(context, model.spec(), needed::get, sound);
      try {
        return audio(context, made, needed);
      } catch (RuntimeException e) {
        made.close();
        throw e;
      }
    } catch (JobException e) {
      if (e.code() == FailureCode.DEVICE_OUT_OF_MEMORY) {
        // The next try finds more room.
        models.closeIdle();
      }
      throw e;
    }
  }

  private static StemAudio audio(JobContext context, StemStore.Held made, NeededModel needed) {
    Optional<ModelFacts> maker =
        needed.resident().isPresent() ? Optional.empty() : StemAudio.maker(made);
    if (maker.isPresent()) {
      return StemAudio.of(made, maker.get());
    }
    Held<ResidentModel> held = needed.get();
    held.model().serveJob();
    warnOfSmallerBatch(context, held.model());
    return StemAudio.of(made, held.facts());
  }

  private static void warnOfSmallerBatch(JobContext context, ResidentModel model) {
    int wanted = model.spec().segments().batch();
    if (model.batch() < wanted) {
      context.warn(
          "model %s: the device had memory for %d segments at once, not for %d"
              .formatted(model.spec().id(), model.batch(), wanted));
    }
  }
}
