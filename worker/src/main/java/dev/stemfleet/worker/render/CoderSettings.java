package dev.stemfleet.worker.render;

import java.util.Map;

/// Everything besides the picture that decides an encoder's bytes.
///
/// @param width even
/// @param height even
/// @param slices that every picture is cut into
/// @param options the encoder's own, by name
record CoderSettings(
    VideoCoder coder,
    int width,
    int height,
    int framesPerSecond,
    int slices,
    Map<String, String> options) {
  private static final int SECONDS_BETWEEN_INTRA_PICTURES = 10;
  private static final int BLOCK_SIDE = 16;

  /// So high that icon and watermark of the usual layouts lie in one slice each.
  private static final int BLOCK_ROWS_PER_SLICE = 10;

  CoderSettings {
    options = Map.copyOf(options);
  }

  /// For whole pictures.
  CoderSettings(
      VideoCoder coder, int width, int height, int framesPerSecond, Map<String, String> options) {
    this(coder, width, height, framesPerSecond, 1, options);
  }

  static CoderSettings of(VideoCoder coder, int width, int height, int framesPerSecond) {
    return new CoderSettings(
        coder, width, height, framesPerSecond, coder.options(coder.quantizer()));
  }

  /// The same for pictures that are cut into slices, as far as the encoder does that. Parameter
  /// sets are the same: pictures in slices and whole ones may follow each other.
  CoderSettings inSlices() {
    int count = coder.cutsSlices() ? Math.max(1, blockRows() / BLOCK_ROWS_PER_SLICE) : 1;
    return count == 1
        ? this
        : new CoderSettings(
            coder, width, height, framesPerSecond, count, coder.withSlices(options, count));
  }

  /// The first row of a slice; of the one behind the last, the picture's height.
  ///
  /// Encoders share whole rows of blocks out evenly.
  int firstRow(int slice) {
    int blocks = (blockRows() * slice + slices / 2) / slices;
    return Math.min(height, blocks * BLOCK_SIDE);
  }

  private int blockRows() {
    return Math.ceilDiv(height, BLOCK_SIDE);
  }

  /// For frames that move.
  static CoderSettings ofLoop(VideoCoder coder, int width, int height, int framesPerSecond) {
    return new CoderSettings(coder, width, height, framesPerSecond, coder.loopOptions());
  }

  /// Frames from one intra picture to the next.
  int groupLength() {
    return framesPerSecond * SECONDS_BETWEEN_INTRA_PICTURES;
  }
}
