package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_NATIVE;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_check;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_compare;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import dev.stemfleet.common.media.NativeHandles;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;

/// Turns frames of one format into 44.1 kHz stereo float (libswresample).
///
/// Mono is doubled at full level. More channels are mixed down by ITU-R BS.775: centre and
/// surrounds at −3 dB, no LFE, nothing scaled down. For n samples of input there are round(n ·
/// 44100 / rate) of output, the first on the input's first. Confined to one thread at a time; the
/// caller closes.
final class Resampler implements AutoCloseable {
  private static final int SPARE_SAMPLES = 64;

  private final NativeHandles handles = new NativeHandles();
  private final int rateHz;
  private final int toHz;
  private final int format;
  private final AVChannelLayout layout;
  private final SwrContext context;
  private final PointerPointer<FloatPointer> planes;
  private FloatPointer left = new FloatPointer();
  private FloatPointer right = new FloatPointer();
  private int capacity;
  private long taken;
  private long given;

  /// To [Sound#RATE_HZ].
  ///
  /// @throws IllegalArgumentException if the frame's channels cannot be mixed to two
  Resampler(AVFrame frame) {
    this(frame, Sound.RATE_HZ);
  }

  /// @throws IllegalArgumentException if the frame's channels cannot be mixed to two
  Resampler(AVFrame frame, int toHz) {
    this.toHz = toHz;
    rateHz = frame.sample_rate();
    format = frame.format();
    try {
      layout = handles.own(new AVChannelLayout());
      av_channel_layout_copy(layout, frame.ch_layout());
      handles.own(layout, avutil::av_channel_layout_uninit);
      planes = handles.own(new PointerPointer<>(Sound.CHANNELS));
      context = open();
    } catch (Throwable e) {
      handles.close();
      throw e;
    }
  }

  private SwrContext open() {
    SwrContext opened = handles.own(swr_alloc(), swresample::swr_free);
    try (AVChannelLayout in = new AVChannelLayout();
        AVChannelLayout out = new AVChannelLayout()) {
      int channels = layout.nb_channels();
      // One or two channels are taken as they are, whatever the file calls them.
      if (channels > 2 && layout.order() == AV_CHANNEL_ORDER_NATIVE) {
        av_channel_layout_copy(in, layout);
      } else {
        av_channel_layout_default(in, channels);
      }
      av_channel_layout_default(out, Math.min(channels, Sound.CHANNELS));
      boolean possible =
          av_channel_layout_check(in) != 0
              && in.order() == AV_CHANNEL_ORDER_NATIVE
              && swr_alloc_set_opts2(
                      opened, out, AV_SAMPLE_FMT_FLTP, toHz, in, format, rateHz, 0, null)
                  >= 0
              && swr_init(opened) >= 0;
      if (!possible) {
        throw new IllegalArgumentException(channels + " channels cannot be mixed down to two");
      }
    }
    return opened;
  }

  /// Whether the frame has the format this was made for.
  boolean fits(AVFrame frame) {
    return frame.sample_rate() == rateHz
        && frame.format() == format
        && av_channel_layout_compare(frame.ch_layout(), layout) == 0;
  }

  /// Takes a frame; replaces what [#copy] gives.
  ///
  /// @return how many samples came out, 0 or more
  int push(AVFrame frame) {
    int samples = frame.nb_samples();
    reserve(swr_get_out_samples(context, samples));
    taken += samples;
    int count = swr_convert(context, planes, capacity, frame.extended_data(), samples);
    given += Math.max(0, count);
    return Math.max(0, count);
  }

  /// Gives what is left inside, after the last frame; replaces what [#copy] gives.
  int finish() {
    int due = (int) (Math.round((double) taken * toHz / rateHz) - given);
    reserve(Math.max(due, swr_get_out_samples(context, 0)));
    int count = Math.max(0, swr_convert(context, planes, capacity, (PointerPointer<?>) null, 0));
    for (long i = count; i < due; i++) {
      left.put(i, 0);
      right.put(i, 0);
    }
    return Math.max(0, due);
  }

  /// Copies a part of what came out last.
  void copy(int from, float[] toLeft, float[] toRight, int at, int count) {
    FloatPointer second = layout.nb_channels() == 1 ? left : right;
    left.getPointer(from).get(toLeft, at, count);
    second.getPointer(from).get(toRight, at, count);
  }

  private void reserve(int samples) {
    if (samples <= capacity) {
      return;
    }
    left.close();
    right.close();
    capacity = samples + SPARE_SAMPLES;
    left = new FloatPointer(capacity);
    right = new FloatPointer(capacity);
    planes.put(0, left);
    planes.put(1, right);
  }

  @Override
  public void close() {
    left.close();
    right.close();
    handles.close();
  }
}
