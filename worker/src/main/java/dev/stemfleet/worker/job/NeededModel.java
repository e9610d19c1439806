package dev.stemfleet.worker.job;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.worker.model.Held;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.ResidentModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A model that a job may turn out not to need: held from the start if it is resident, else loaded
/// when it is asked for. Used by one thread, which closes it.
final class NeededModel implements AutoCloseable {
  private final ModelCache models;
  private final CatalogModel model;
  private @Nullable Held<ResidentModel> held;

  NeededModel(ModelCache models, CatalogModel model) {
    this.models = models;
    this.model = model;
    this.held = models.holdResident(model).orElse(null);
  }

  /// The model, if it is held by now.
  Optional<Held<ResidentModel>> resident() {
    return Optional.ofNullable(held);
  }

  /// @throws dev.stemfleet.common.failure.JobException as [ModelCache#hold]
  Held<ResidentModel> get() {
    Held<ResidentModel> mine = held == null ? models.hold(model) : held;
    held = mine;
    return mine;
  }

  @Override
  public void close() {
    if (held != null) {
      held.close();
    }
  }
}
