package dev.stemfleet.worker.model;

import dev.stemfleet.common.message.ModelFacts;
import java.util.concurrent.atomic.AtomicBoolean;

/// The right to use a resident model, which is not closed meanwhile. Whoever got it closes it, once
/// or several times.
public final class HeldModel implements AutoCloseable {
  private final Resident resident;
  private final Runnable release;
  private final AtomicBoolean released = new AtomicBoolean();

  HeldModel(Resident resident, Runnable release) {
    this.resident = resident;
    this.release = release;
  }

  public ResidentModel model() {
    return resident.model();
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
