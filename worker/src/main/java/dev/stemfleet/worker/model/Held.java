package dev.stemfleet.worker.model;

import dev.stemfleet.common.message.ModelFacts;
import java.util.concurrent.atomic.AtomicBoolean;

/// The right to use a resident model, which is not closed meanwhile. Whoever got it closes it, once
/// or several times.
///
/// @param <M> kind of model
public final class Held<M extends LoadedModel> implements AutoCloseable {
  private final Resident resident;
  private final M model;
  private final Runnable release;
  private final AtomicBoolean released = new AtomicBoolean();

  Held(Resident resident, Class<M> kind, Runnable release) {
    this.resident = resident;
    this.model = kind.cast(resident.model());
    this.release = release;
  }

  public M model() {
    return model;
  }

  /// What is known of the model now.
  public ModelFacts facts() {
    return resident.facts();
  }

  @Override
  public void close() {
    if (released.compareAndSet(false, true)) {
      release.run();
    }
  }
}
