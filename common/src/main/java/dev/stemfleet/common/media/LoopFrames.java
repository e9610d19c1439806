package dev.stemfleet.common.media;

import dev.stemfleet.common.domain.Picture;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/// One run through a loop as a video shows it: pictures of the video's size, at its constant rate.
///
/// Each is the one that the file shows at that time. Two pictures of the file are in memory at a
/// time, however long it is. Confined to one thread at a time; the caller closes.
public final class LoopFrames implements AutoCloseable {
  private static final int FEWEST = 2;

  /// What is on at this part of a frame's time is the frame. At its very beginning, times that
  /// containers round would let pictures come now early, now late; at the middle, those of a file
  /// at twice the rate would.
  private static final double LOOK = 0.25;

  private final NativeHandles handles = new NativeHandles();
  private final LoopInput input;
  private final LoopScaler scaler;
  private final int framesPerSecond;

  /// The picture that is shown, and the one after it.
  private AVFrame shown;

  private AVFrame coming;

  private boolean more;
  private long index;

  /// The picture made of the one that is shown, once it is.
  private @Nullable Picture known;

  /// Opens a file at its first picture.
  ///
  /// @param name for messages
  /// @param width of the pictures, as `height`: they are filled, and what stands over is cropped
  /// @param framesPerSecond of the video that shows them
  /// @throws dev.stemfleet.common.failure.JobException `ASSET_UNREADABLE` with the reason, here and
  ///   on the way
  public static LoopFrames open(
      Path file, String name, int width, int height, int framesPerSecond) {
    return new LoopFrames(new LoopInput(file, name), width, height, framesPerSecond);
  }

  /// The first picture alone.
  ///
  /// @throws dev.stemfleet.common.failure.JobException as [#open] does
  public static Picture first(Path file, String name, int width, int height) {
    try (LoopFrames frames = open(file, name, width, height, 1)) {
      return frames.scaler.picture(frames.shown);
    }
  }

  private LoopFrames(LoopInput input, int width, int height, int framesPerSecond) {
    this.input = input;
    this.framesPerSecond = framesPerSecond;
    try {
      handles.onClose(input::close);
      scaler = new LoopScaler(input.name(), width, height);
      handles.onClose(scaler::close);
      shown = handles.own(avutil.av_frame_alloc(), f -> avutil.av_frame_free(f));
      coming = handles.own(avutil.av_frame_alloc(), f -> avutil.av_frame_free(f));
      if (!input.next(shown)) {
        throw LoopFailure.unreadable(input.name(), "there is no picture in it");
      }
      more = input.next(coming);
    } catch (Throwable e) {
      handles.close();
      throw e;
    }
  }

  /// The next picture, or null at the end: as many as the loop's length has at this rate, rounded,
  /// at least two.
  public @Nullable Picture next() {
    double time = (index + LOOK) / framesPerSecond;
    while (more && input.seconds(coming) <= time) {
      avutil.av_frame_unref(shown);
      avutil.av_frame_move_ref(shown, coming);
      known = null;
      more = input.next(coming);
    }
    if (!more && index >= Math.max(FEWEST, Math.round(input.end() * framesPerSecond))) {
      return null;
    }
    index++;
    Picture picture = known == null ? scaler.picture(shown) : known;
    known = picture;
    return picture;
  }

  @Override
  public void close() {
    handles.close();
  }
}
