package dev.stemfleet.worker.model;

import java.util.concurrent.atomic.AtomicLong;

/// A model whose networks are loaded, warmed and ready, of whatever kind. Owned and closed by
/// [ModelCache].
public abstract sealed class LoadedModel permits ResidentModel, SpeechModel, WhisperModel {
  private final AtomicLong jobsServed = new AtomicLong();

  LoadedModel() {}

  /// Counts one more job that used this model.
  public final void serveJob() {
    jobsServed.incrementAndGet();
  }

  final long jobsServed() {
    return jobsServed.get();
  }

  abstract void close();
}
