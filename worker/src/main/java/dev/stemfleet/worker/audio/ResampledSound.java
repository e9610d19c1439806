package dev.stemfleet.worker.audio;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.SoundInput;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// All sound of an input as 44.1 kHz stereo float, stretch by stretch, also where the coding's
/// format changes on the way. Confined to one thread at a time; closing it leaves the input open.
final class ResampledSound implements AutoCloseable {
  private final SoundInput input;
  private @Nullable Resampler resampler;
  private @Nullable AVFrame held;
  private boolean ended;

  ResampledSound(SoundInput input) {
    this.input = input;
  }

  /// Makes the next stretch ready for [#copy].
  ///
  /// @return its samples per channel, perhaps 0; -1 at the end
  int next() {
    if (ended) {
      return -1;
    }
    AVFrame frame = held != null ? held : input.nextFrame();
    if (frame == null) {
      ended = true;
      return resampler == null ? -1 : resampler.finish();
    }
    if (held == null && resampler != null && !resampler.fits(frame)) {
      held = frame;
      return resampler.finish();
    }
    if (held != null || resampler == null) {
      open(frame);
      held = null;
    }
    return resampler().push(frame);
  }

  /// Copies a part of the stretch that is ready.
  void copy(int from, float[] left, float[] right, int at, int count) {
    resampler().copy(from, left, right, at, count);
  }

  private void open(AVFrame frame) {
    close();
    try {
      resampler = new Resampler(frame);
    } catch (IllegalArgumentException e) {
      throw new JobException(
          FailureCode.SOUND_UNREADABLE, input.name() + ": its " + e.getMessage(), e);
    }
  }

  private Resampler resampler() {
    if (resampler == null) {
      throw new IllegalStateException("nothing was decoded yet");
    }
    return resampler;
  }

  @Override
  public void close() {
    if (resampler != null) {
      resampler.close();
      resampler = null;
    }
  }
}
