package dev.stemfleet.worker.job;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.ResidentModel;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.StemStore;
import java.nio.file.Path;

/// Separation by resident models: hands the model that a job names to the separation. Used by the
/// device thread.
public final class ResidentSeparation {
  private final ModelCatalog catalog;
  private final ModelCache models;
  private final TrackStems stems;

  public ResidentSeparation(
      ModelCatalog catalog, ModelCache models, StemStore store, Separator separator) {
    this.catalog = catalog;
    this.models = models;
    this.stems = new TrackStems(store, separator);
  }

  /// Loads and warms a model, so that the first job finds it ready.
  public ModelFacts prepare(String modelId) {
    return models.facts(models.get(catalog.require(modelId)));
  }

  /// The stems that a job wants; the caller closes them.
  StemAudio stems(JobContext context, Path sound) {
    ResidentModel model = models.get(known(context.job().model()));
    StemAudio made = stems.of(context, new ResidentSegments(model), sound);
    model.serveJob();
    warnOfSmallerBatch(context, model);
    return made;
  }

  private static void warnOfSmallerBatch(JobContext context, ResidentModel model) {
    int wanted = model.spec().segments().batch();
    if (model.batch() < wanted) {
      context.warn(
          "model %s: the device had memory for %d segments at once, not for %d"
              .formatted(model.spec().id(), model.batch(), wanted));
    }
  }

  /// What is known of the model that a job names.
  ModelFacts facts(ModelRef wanted) {
    return models.facts(models.get(known(wanted)));
  }

  private CatalogModel known(ModelRef wanted) {
    CatalogModel model = catalog.require(wanted.id());
    if (!model.spec().ref().equals(wanted)) {
      throw new JobException(
          FailureCode.MODEL_UNKNOWN,
          "model "
              + wanted.id()
              + " of this worker ("
              + model.definedIn()
              + ") is not the one of the job (sha256 "
              + wanted.sha256()
              + ")");
    }
    return model;
  }
}
