package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import dev.stemfleet.common.media.NativeHandles;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;

/// One frame of an encoder's size that float samples are gathered in, as planar float or as 24 bits
/// in the upper part of interleaved 32. Confined to one thread at a time; the caller closes.
final class CodingFrame implements AutoCloseable {
  /// For encoders that take frames of any size.
  private static final int FREE_SIZE = 4096;

  private static final float FULL_SCALE_24 = 1 << 23;

  private final NativeHandles handles = new NativeHandles();
  private final AVFrame frame;
  private final boolean planarFloat;
  private final int capacity;
  private final int[] interleaved;
  private int filled;
  private long started;

  CodingFrame(AVCodecContext encoder) {
    capacity = encoder.frame_size() > 0 ? encoder.frame_size() : FREE_SIZE;
    planarFloat = encoder.sample_fmt() == AV_SAMPLE_FMT_FLTP;
    interleaved = planarFloat ? new int[0] : new int[capacity * Sound.CHANNELS];
    frame = handles.own(av_frame_alloc(), avutil::av_frame_free);
    frame.format(encoder.sample_fmt()).sample_rate(encoder.sample_rate()).nb_samples(capacity);
    av_channel_layout_copy(frame.ch_layout(), encoder.ch_layout());
    if (av_frame_get_buffer(frame, 0) < 0) {
      handles.close();
      throw new OutOfMemoryError("FFmpeg could not allocate a frame");
    }
  }

  /// Takes as many samples as there is room for.
  ///
  /// @return how many were taken
  int put(float[] left, float[] right, int from, int count) {
    int taken = Math.min(count, capacity - filled);
    if (filled == 0) {
      // The encoder may still look at what it was given last.
      frame.nb_samples(capacity);
      av_frame_make_writable(frame);
    }
    if (planarFloat) {
      new FloatPointer(frame.data(0)).getPointer(filled).put(left, from, taken);
      new FloatPointer(frame.data(1)).getPointer(filled).put(right, from, taken);
    } else {
      for (int i = 0; i < taken; i++) {
        interleaved[2 * i] = bits24(left[from + i]);
        interleaved[2 * i + 1] = bits24(right[from + i]);
      }
      int at = Sound.CHANNELS * filled;
      new IntPointer(frame.data(0)).getPointer(at).put(interleaved, 0, Sound.CHANNELS * taken);
    }
    filled += taken;
    return taken;
  }

  private static int bits24(float sample) {
    int value = Math.round(sample * FULL_SCALE_24);
    return Math.clamp(value, -(1 << 23), (1 << 23) - 1) << 8;
  }

  boolean full() {
    return filled == capacity;
  }

  boolean empty() {
    return filled == 0;
  }

  /// The frame as gathered, stamped with its place in samples; the next [#put] starts a new one.
  AVFrame take() {
    frame.nb_samples(filled).pts(started);
    started += filled;
    filled = 0;
    return frame;
  }

  @Override
  public void close() {
    handles.close();
  }
}
