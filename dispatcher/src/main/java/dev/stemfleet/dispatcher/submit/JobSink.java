package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.dispatcher.plan.TrackPlan;

/// Where a submit goes: pictures to a place that workers see, jobs to the queue.
public interface JobSink extends AutoCloseable {
  /// Opens a sink for the calling thread.
  @FunctionalInterface
  interface Opener {
    /// @throws dev.stemfleet.common.failure.JobException if jobs could not be taken now
    JobSink open();
  }

  /// Keeps a picture. Called from any thread.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if it cannot be kept
  void keep(AssetRef asset, byte[] bytes);

  /// Sends all jobs of a track, together; may return before they are stored. Called by the thread
  /// that opened this.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if these or earlier ones could not be sent
  void send(TrackPlan track);

  /// Waits until everything is stored. Called by the thread that opened this.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if something could not be sent
  default void flush() {}

  /// Tracks that were handed over and are not known to be stored.
  default int unconfirmed() {
    return 0;
  }

  @Override
  void close();
}
