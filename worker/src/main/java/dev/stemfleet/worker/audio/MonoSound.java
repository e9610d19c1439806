package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.common.media.NativeHandles;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;

/// Mono sound of any rate on its way to 44.1 kHz stereo: for n samples there are round(n · 44100 /
/// rate), the first on the first. Confined to one thread at a time; the caller closes.
public final class MonoSound implements AutoCloseable {
  private static final int BLOCK = 8192;

  private final NativeHandles handles = new NativeHandles();
  private final AVFrame frame;
  private final Resampler resampler;
  private final Sink sink;
  private float[] left = new float[0];
  private float[] right = new float[0];

  /// Takes stereo sound.
  @FunctionalInterface
  public interface Sink {
    /// Takes the first `count` samples of each array, which are overwritten afterwards.
    void write(float[] left, float[] right, int count);
  }

  public MonoSound(int rateHz, Sink sink) {
    this(rateHz, Sound.RATE_HZ, sink);
  }

  private MonoSound(int rateHz, int toHz, Sink sink) {
    this.sink = sink;
    Ffmpeg.ready();
    try {
      frame = handles.own(av_frame_alloc(), avutil::av_frame_free);
      frame.format(AV_SAMPLE_FMT_FLT).sample_rate(rateHz).nb_samples(BLOCK);
      av_channel_layout_default(frame.ch_layout(), 1);
      if (av_frame_get_buffer(frame, 0) < 0) {
        throw new OutOfMemoryError("FFmpeg could not allocate a frame");
      }
      resampler = new Resampler(frame, toHz);
      handles.onClose(resampler::close);
    } catch (Throwable e) {
      handles.close();
      throw e;
    }
  }

  /// All of a sound at another rate: for n samples there are round(n · to / from), the first on the
  /// first.
  public static float[] resampled(float[] mono, int fromHz, int toHz) {
    float[] all = new float[(int) Math.round((double) mono.length * toHz / fromHz)];
    int[] at = {0};
    Sink into =
        (left, _, count) -> {
          System.arraycopy(left, 0, all, at[0], count);
          at[0] += count;
        };
    try (MonoSound sound = new MonoSound(fromHz, toHz, into)) {
      sound.write(mono, mono.length);
      sound.finish();
    }
    return all;
  }

  /// How many samples come out of so many.
  public static long samples(long samples, int rateHz) {
    return Math.round((double) samples * Sound.RATE_HZ / rateHz);
  }

  /// Takes the first `count` samples.
  public void write(float[] mono, int count) {
    for (int from = 0; from < count; from += BLOCK) {
      int length = Math.min(BLOCK, count - from);
      frame.nb_samples(BLOCK);
      av_frame_make_writable(frame);
      new FloatPointer(frame.data(0)).put(mono, from, length);
      frame.nb_samples(length);
      give(resampler.push(frame));
    }
  }

  /// Gives what is left inside.
  public void finish() {
    give(resampler.finish());
  }

  private void give(int count) {
    if (count == 0) {
      return;
    }
    if (left.length < count) {
      left = new float[count];
      right = new float[count];
    }
    resampler.copy(0, left, right, 0, count);
    sink.write(left, right, count);
  }

  @Override
  public void close() {
    handles.close();
  }
}
