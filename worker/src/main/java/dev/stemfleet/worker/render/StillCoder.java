package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.Picture;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the coded group of a still frame: one intra picture and the verified skip tail, or, where
/// the tail does not hold, every frame of the group encoded. Thread-safe.
final class StillCoder {
  private static final Logger LOG = LoggerFactory.getLogger(StillCoder.class);
  private static final int TAILS_KEPT = 8;

  private final Once<CoderSettings, Optional<SkipTail>> tails = new Once<>(TAILS_KEPT);
  private final IntraPictures pictures = new IntraPictures();

  /// @param repeated whether the group is one picture and a skip tail
  record StillGroup(CodedGroup group, boolean repeated) {}

  /// The tail of these settings, made and verified at the first call.
  Optional<SkipTail> tail(CoderSettings settings) {
    return tails.get(settings, () -> makeTail(settings));
  }

  StillGroup group(CoderSettings settings, Picture frame) {
    return tail(settings)
        .flatMap(tail -> tail.behind(pictures.code(settings.inSlices(), frame)))
        .map(group -> new StillGroup(group, true))
        .orElseGet(() -> new StillGroup(everyFrame(settings, Yuv420.of(frame)), false));
  }

  private static CodedGroup everyFrame(CoderSettings settings, Yuv420 picture) {
    return VideoEncoder.group(settings, picture, settings.groupLength());
  }

  private static Optional<SkipTail> makeTail(CoderSettings settings) {
    Optional<SkipTail> tail = SkipTail.make(settings);
    if (tail.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("encoder", settings.coder().key())
          .log("Frames cannot be repeated with this encoder; every frame of a group is encoded");
    }
    return tail;
  }
}
