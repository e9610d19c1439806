package dev.stemfleet.worker.render;

import java.util.Map;

/// Everything besides the picture that decides an encoder's bytes.
///
/// @param width even
/// @param height even
/// @param options the encoder's own, by name
record CoderSettings(
    VideoCoder coder, int width, int height, int framesPerSecond, Map<String, String> options) {
  private static final int SECONDS_BETWEEN_INTRA_PICTURES = 10;

  CoderSettings {
    options = Map.copyOf(options);
  }

  static CoderSettings of(VideoCoder coder, int width, int height, int framesPerSecond) {
    return new CoderSettings(
        coder, width, height, framesPerSecond, coder.options(coder.quantizer()));
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
