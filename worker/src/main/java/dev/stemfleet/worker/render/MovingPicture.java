package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.Picture;
import org.jspecify.annotations.Nullable;

/// A short run of frames that a video shows again and again.
///
/// @param key names all that reaches the frames' pixels: the same key, the same frames
/// @param width of each frame, as `height`
/// @param source begins a run
public record MovingPicture(String key, int width, int height, Source source) {
  /// Begins at the first frame; any thread.
  @FunctionalInterface
  public interface Source {
    Frames open();
  }

  /// The frames in order, made one at a time. One thread; whoever opened it closes it.
  public interface Frames extends AutoCloseable {
    /// The next frame, opaque, or null at the end; there are at least two.
    @Nullable Picture next();

    @Override
    void close();
  }
}
