package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.common.media.NativeHandles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/// Encodes 44.1 kHz stereo float into a file, block by block.
///
/// Decoding the file gives exactly the samples' number, aligned with them: the encoder's priming
/// and padding are marked in the container. Memory is bounded (M4A keeps about 80 bytes per packet
/// of 1024 samples for its index: 37 MB for 3 hours). Confined to one thread at a time; the caller
/// closes, and deletes the file if [#finish] was not reached.
public final class StemEncoder implements AutoCloseable {
  private final NativeHandles handles = new NativeHandles();
  private final Path file;
  private final PacketCoder coder;
  private final AVCodecContext encoder;
  private final CodingFrame gathering;
  private final SoundContainer container;
  private long samples;

  /// Starts a file, overwriting what lies there.
  ///
  /// @throws JobException OUTPUT_UNWRITABLE or DISK_FULL, naming the file
  public static StemEncoder open(Path file, SoundFormat format, AudioTags tags) {
    return new StemEncoder(
        file,
        format,
        tags,
        () ->
            format.carefulOptions().isEmpty()
                ? new SingleCoder(file, format, format.encoderOptions())
                : new GuardedCoder(file, format));
  }

  /// As [#open], but with one encoder alone and other options of it than the product ships: for
  /// benches, which find out what to ship.
  public static StemEncoder openWith(Map<String, String> options, Path file, SoundFormat format) {
    return new StemEncoder(
        file, format, AudioTags.NONE, () -> new SingleCoder(file, format, options));
  }

  private StemEncoder(
      Path file, SoundFormat format, AudioTags tags, Supplier<PacketCoder> opening) {
    this.file = file;
    Ffmpeg.ready();
    try {
      coder = opening.get();
      handles.onClose(coder::close);
      encoder = coder.context();
      gathering = new CodingFrame(encoder);
      handles.onClose(gathering::close);
      container = new SoundContainer(file, format, tags, coding(), encoder.time_base());
      handles.onClose(container::close);
    } catch (Throwable e) {
      handles.close();
      throw e;
    }
  }

  private AVCodecParameters coding() {
    AVCodecParameters coding =
        handles.own(avcodec_parameters_alloc(), avcodec::avcodec_parameters_free);
    avcodec_parameters_from_context(coding, encoder);
    return coding;
  }

  /// Takes the first `count` samples of each array.
  ///
  /// @throws JobException SOUND_CHECK_FAILED for values that are no sound; DISK_FULL or
  ///   OUTPUT_UNWRITABLE
  public void write(float[] left, float[] right, int count) {
    requireSound(left, count);
    requireSound(right, count);
    int from = 0;
    while (from < count) {
      from += gathering.put(left, right, from, count - from);
      if (gathering.full()) {
        coder.code(gathering.take(), this::store);
      }
    }
    samples += count;
  }

  /// Ends the file.
  ///
  /// @throws JobException as [#write] does
  public EncodedAudio finish() {
    if (!gathering.empty()) {
      coder.code(gathering.take(), this::store);
    }
    coder.code(null, this::store);
    container.finish();
    try {
      return new EncodedAudio(
          file,
          Sound.RATE_HZ,
          encoder.initial_padding(),
          samples,
          Files.size(file),
          Sha256.ofFile(file));
    } catch (IOException e) {
      throw OutputFailure.of(file, e);
    }
  }

  private void store(AVPacket packet) {
    av_packet_rescale_ts(packet, encoder.time_base(), container.timeBase());
    container.write(packet);
  }

  /// How many packets of the file so far are the careful encoder's; 0 for formats that have none.
  /// For benches and tests.
  public long carefulPackets() {
    return coder instanceof GuardedCoder guarded ? guarded.carefulPackets() : 0;
  }

  private void requireSound(float[] values, int count) {
    float highest = 0;
    for (int i = 0; i < count; i++) {
      highest = Math.max(highest, Math.abs(values[i]));
    }
    if (!Float.isFinite(highest)) {
      throw noSound(values, count);
    }
  }

  private JobException noSound(float[] values, int count) {
    int first = 0;
    while (first < count && Float.isFinite(values[first])) {
      first++;
    }
    return new JobException(
        FailureCode.SOUND_CHECK_FAILED,
        file + ": sample " + (samples + first) + " is not a number or infinite");
  }

  @Override
  public void close() {
    handles.close();
  }
}
