package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Sha256;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the coded group of a still frame: one intra picture and the verified skip tail, or, where
/// the tail does not hold, every frame of the group encoded. Thread-safe.
final class StillCoder {
  private static final Logger LOG = LoggerFactory.getLogger(StillCoder.class);
  private static final int TAILS_KEPT = 8;
  private static final int GROUPS_KEPT = 16;

  private final Once<CoderSettings, Optional<SkipTail>> tails = new Once<>(TAILS_KEPT);
  private final Once<GroupKey, StillGroup> groups = new Once<>(GROUPS_KEPT);

  private record GroupKey(CoderSettings settings, String frameSha256) {}

  /// @param repeated whether the group is one picture and a skip tail
  record StillGroup(CodedGroup group, boolean repeated) {}

  /// The tail of these settings, made and verified at the first call.
  Optional<SkipTail> tail(CoderSettings settings) {
    return tails.get(settings, () -> makeTail(settings));
  }

  StillGroup group(CoderSettings settings, Picture frame) {
    GroupKey key = new GroupKey(settings, sha256(frame));
    return groups.get(key, () -> encode(settings, Yuv420.of(frame)));
  }

  private StillGroup encode(CoderSettings settings, Yuv420 picture) {
    return tail(settings)
        .flatMap(tail -> tail.behind(VideoEncoder.group(settings, picture, 1)))
        .map(group -> new StillGroup(group, true))
        .orElseGet(() -> new StillGroup(everyFrame(settings, picture), false));
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

  private static String sha256(Picture frame) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * frame.argb().length);
    bytes.asIntBuffer().put(frame.argb());
    return Sha256.of(bytes.array());
  }
}
