package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;

/// Encodes every frame of a moving picture once, as a group that can be shown again and again: it
/// begins with an IDR picture, and no frame refers to a later one. Thread-safe.
///
/// Frames are drawn, encoded and forgotten one by one; only coded ones are kept.
final class LoopCoder {
  /// The stems of one track and channel, so that the next track with the same cover has them.
  private static final int GROUPS_KEPT = 5;

  /// A coded loop may have this part of the heap: a job holds one per stem.
  private static final int LARGEST_SHARE = 16;

  /// Larger ones are made anew each time.
  private static final int KEPT_SHARE = 10 * GROUPS_KEPT;

  private final long heapBytes;
  private final Once<GroupKey, CodedGroup> groups = new Once<>(GROUPS_KEPT);

  private record GroupKey(CoderSettings settings, String content) {}

  LoopCoder(long heapBytes) {
    this.heapBytes = heapBytes;
  }

  /// @throws JobException `ASSET_UNREADABLE` if the coded loop would be too large, and what drawing
  ///   its frames throws
  CodedGroup group(CoderSettings settings, MovingPicture picture) {
    GroupKey key = new GroupKey(settings, picture.key());
    CodedGroup group = groups.get(key, () -> encode(settings, picture));
    if (group.bytes() > heapBytes / KEPT_SHARE) {
      groups.forget(key);
    }
    return group;
  }

  private CodedGroup encode(CoderSettings settings, MovingPicture picture) {
    try (MovingPicture.Frames frames = picture.source().open();
        VideoEncoder encoder = VideoEncoder.open(settings)) {
      for (Picture frame = frames.next(); frame != null; frame = frames.next()) {
        encoder.show(Yuv420.of(frame));
        encoder.encode();
        requireRoom(encoder.codedBytes());
      }
      return new CodedGroup(encoder.header(), encoder.finish());
    }
  }

  private void requireRoom(long codedBytes) {
    long largest = heapBytes / LARGEST_SHARE;
    if (codedBytes > largest) {
      throw new JobException(
          FailureCode.ASSET_UNREADABLE,
          "background: the animated background takes more than %d MB when encoded: use a shorter or calmer one, or give the worker more memory (-Xmx)"
              .formatted(largest >> 20));
    }
  }
}
