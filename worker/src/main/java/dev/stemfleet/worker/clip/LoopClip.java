package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.media.LoopFrames;
import org.jspecify.annotations.Nullable;

/// The animated background of a job: the bases of its frames, one after the other.
///
/// No cache keeps them: five seconds would fill it. Each run decodes and scales the file once more
/// and counts as one load of a background. Thread-safe; each run belongs to one thread.
public final class LoopClip {
  private final LoopFiles files;
  private final Look look;
  private final Picture thumbnail;
  private final BaseDrawing drawing;
  private final LoadCounts counts;
  private final String key;

  /// @param key of all that reaches the pixels of the bases
  LoopClip(LoopFiles files, Bases.Wanted wanted, Picture thumbnail, String key) {
    this.files = files;
    this.look = wanted.look();
    this.thumbnail = thumbnail;
    this.drawing = wanted.drawing();
    this.counts = wanted.counts();
    this.key = key;
  }

  /// Names contents and sizes: loops with the same key have the same bases.
  public String key() {
    return key;
  }

  /// Begins at the first base.
  ///
  /// @throws dev.stemfleet.common.failure.JobException `ASSET_MISSING` or `ASSET_UNREADABLE` naming
  ///   the file, here and on the way; `SOURCE_UNREACHABLE` where it cannot be read now
  public Run open() {
    counts.loaded(ClipKind.BACKGROUND);
    return new Run(
        files.open(look.background(), look.width(), look.height(), look.framesPerSecond()));
  }

  /// One run through the loop. One thread; whoever opened it closes it.
  public final class Run implements AutoCloseable {
    private final LoopFrames frames;

    private Run(LoopFrames frames) {
      this.frames = frames;
    }

    /// The next base, of the look's size, or null at the end.
    public @Nullable Picture next() {
      Picture background = frames.next();
      return background == null ? null : drawing.draw(look, background, thumbnail);
    }

    @Override
    public void close() {
      frames.close();
    }
  }
}
