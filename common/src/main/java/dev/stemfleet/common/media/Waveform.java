package dev.stemfleet.common.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBL;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBLP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32P;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/// How loud a sound is over its time, to be drawn: stretches of equal length, all channels
/// together. Immutable.
///
/// @param seconds of the whole sound
/// @param peaks the greatest sample of each stretch, 0 to 255, 255 being full scale or more
/// @param levels the root of the mean square of each, on the same scale
public record Waveform(double seconds, List<Integer> peaks, List<Integer> levels) {
  private static final int FULL = 255;

  /// Decodes a whole file. On a platform thread, like all of FFmpeg.
  ///
  /// @param stretches how many at most; fewer where the sound is shorter than its container says
  /// @throws JobException as [SoundFile#probe] does
  public static Waveform of(Path file, int stretches) {
    try (SoundInput input = SoundInput.open(file)) {
      double declared = input.declaredSeconds().orElse(0);
      if (declared <= 0) {
        throw new JobException(
            FailureCode.SOUND_UNREADABLE, input.name() + ": its length is not known");
      }
      Columns columns = new Columns(stretches, declared);
      for (AVFrame frame = input.nextFrame(); frame != null; frame = input.nextFrame()) {
        columns.add(frame);
      }
      return columns.waveform();
    }
  }

  private static final class Columns {
    private final double[] peaks;
    private final double[] squares;
    private final long[] counts;
    private final double declared;
    private double seconds;

    Columns(int stretches, double declared) {
      this.peaks = new double[stretches];
      this.squares = new double[stretches];
      this.counts = new long[stretches];
      this.declared = declared;
    }

    void add(AVFrame frame) {
      int channels = frame.ch_layout().nb_channels();
      boolean planar = avutil.av_sample_fmt_is_planar(frame.format()) == 1;
      int width = avutil.av_get_bytes_per_sample(frame.format());
      int samples = frame.nb_samples();
      int planes = planar ? channels : 1;
      for (int plane = 0; plane < planes; plane++) {
        int count = planar ? samples : samples * channels;
        ByteBuffer bytes = bytes(frame, plane, (long) count * width);
        for (int i = 0; i < count; i++) {
          int sample = planar ? i : i / channels;
          take(sample(bytes, i * width, frame.format()), sample, frame.sample_rate());
        }
      }
      seconds += (double) samples / frame.sample_rate();
    }

    private void take(double value, int sample, int rate) {
      double at = seconds + (double) sample / rate;
      int column = Math.clamp((long) (at / declared * peaks.length), 0, peaks.length - 1);
      double size = Math.min(1, Math.abs(value));
      peaks[column] = Math.max(peaks[column], size);
      squares[column] += size * size;
      counts[column]++;
    }

    private static ByteBuffer bytes(AVFrame frame, int plane, long length) {
      BytePointer data = new BytePointer(frame.extended_data(plane)).capacity(length);
      return data.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static double sample(ByteBuffer bytes, int at, int format) {
      if (format == AV_SAMPLE_FMT_FLTP || format == AV_SAMPLE_FMT_FLT) {
        return bytes.getFloat(at);
      }
      if (format == AV_SAMPLE_FMT_S16P || format == AV_SAMPLE_FMT_S16) {
        return bytes.getShort(at) / (double) (1 << 15);
      }
      if (format == AV_SAMPLE_FMT_S32P || format == AV_SAMPLE_FMT_S32) {
        return bytes.getInt(at) / (double) (1L << 31);
      }
      if (format == AV_SAMPLE_FMT_DBLP || format == AV_SAMPLE_FMT_DBL) {
        return bytes.getDouble(at);
      }
      throw new JobException(
          FailureCode.SOUND_UNREADABLE, "its samples have a form that is not known here");
    }

    Waveform waveform() {
      int used = peaks.length;
      while (used > 1 && counts[used - 1] == 0) {
        used--;
      }
      List<Integer> highest = new ArrayList<>();
      List<Integer> mean = new ArrayList<>();
      for (int i = 0; i < used; i++) {
        highest.add((int) Math.round(peaks[i] * FULL));
        mean.add((int) Math.round(Math.sqrt(squares[i] / Math.max(1, counts[i])) * FULL));
      }
      return new Waveform(seconds, highest, mean);
    }
  }

  public Waveform {
    peaks = List.copyOf(peaks);
    levels = List.copyOf(levels);
  }
}
