package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Progress;
import java.util.concurrent.Executor;

/// Separates tracks of any length with a bounded amount of memory, segment by segment. The calling
/// thread does nothing but run the network: a thread beside it reads the mix ahead, another joins
/// what was run, and the sinks take it on an executor. Keeps no state between tracks; thread-safe
/// as far as the model it is given.
public final class Separator {
  private final Executor encoders;

  /// @param encoders runs the sinks; with several threads, several stems at once
  public Separator(Executor encoders) {
    this.encoders = encoders;
  }

  /// What runs the sinks.
  public Executor encoders() {
    return encoders;
  }

  /// Separates one track. When it returns, every sample of every wanted stem is with the sink; when
  /// it throws, nothing calls the sink any more. An exception of source, model, sink or progress
  /// ends it within a segment and is thrown here.
  ///
  /// @param mix read on another thread, never after the end of this call
  /// @param progress told after every segment, on the calling thread; 1 from the moment when the
  ///   network has seen all of the mix
  /// @throws dev.stemfleet.common.failure.JobException MODEL_UNKNOWN if the model cannot give a
  ///   wanted stem, SOUND_CHECK_FAILED if it gives something that is no number
  public Separated separate(
      MixSource mix, SegmentModel model, SeparationOrder order, StemSink sink, Progress progress) {
    return new SeparationRun(mix, DenoisedModel.of(model), order, sink, encoders).run(progress);
  }
}
