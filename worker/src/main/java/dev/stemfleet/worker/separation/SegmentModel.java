package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec;
import java.nio.FloatBuffer;

/// A network that separates one segment at a time. Used by one thread at a time.
public interface SegmentModel {
  ModelSpec spec();

  /// Filled before a run: index `channel * samples + sample`.
  FloatBuffer input();

  /// Read after a run: index `(stem * channels + channel) * samples + sample`.
  FloatBuffer output();

  /// One segment, from input to output.
  void run();
}
