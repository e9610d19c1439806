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

  /// Sends all jobs of a track, together. Called by the thread that opened this.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if they could not all be sent
  void send(TrackPlan track);

  @Override
  void close();
}
