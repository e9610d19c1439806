package dev.stemfleet.worker.job;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.model.HeldModel;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.ResidentModel;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.StemStore;
import java.nio.file.Path;

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
    try (HeldModel held = models.hold(known.require(modelId))) {
      return held.facts();
    }
  }

  /// The stems that a job wants; the caller closes them.
  StemAudio stems(JobContext context, Path sound) {
    try (HeldModel held = models.hold(known.require(context.job().model()))) {
      StemStore.Held made = stems.of(context, new ResidentSegments(held.model()), sound);
      held.model().serveJob();
      warnOfSmallerBatch(context, held.model());
      return StemAudio.of(made, held.facts());
    } catch (JobException e) {
      if (e.code() == FailureCode.DEVICE_OUT_OF_MEMORY) {
        // The next try finds more room.
        models.closeIdle();
      }
      throw e;
    }
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
