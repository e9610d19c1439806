package dev.stemfleet.worker.audio;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// FFmpeg's AAC encoder, searching once per frame. Confined to one thread at a time; the caller
/// closes.
///
/// The encoder weighs bits against noise by a factor, its lambda. Left alone it searches each frame
/// up to six times with a greater one until the frame is as large as the bit rate says; sparse
/// sound never is, and from [#HIGHEST] on nothing gets better. With a bit rate tolerance of 0 it
/// searches again only where a frame is larger than `bit_rate` says, and begins each with the
/// lambda that `global_quality` says; it reads both anew for every frame. Here they are set before
/// each: lambda from how large the frames became, so that dense sound keeps to the bit rate on the
/// whole and sparse sound is as good as it can be; the limit to [SoundFormat#highestBitRate], so
/// that a single frame may be larger.
final class OnePassCoder implements PacketCoder {
  /// The lambda from which on FFmpeg's quick search finds nothing better.
  static final int HIGHEST = 500;

  /// Half of the lambda that FFmpeg begins with; less was not tried.
  private static final int LOWEST = 60;

  /// By what lambda changes at most from one frame to the next; more can be heard.
  private static final double STEP = 1.1;

  private final SingleCoder coder;
  private final long highestBitRate;
  private final double packetBytes;
  private double lambda = HIGHEST;

  /// @param file named by failures
  /// @param format whose encoder options say `global_quality` and a tolerance of 0
  OnePassCoder(Path file, SoundFormat format) {
    coder = new SingleCoder(file, format, format.encoderOptions());
    highestBitRate = format.highestBitRate();
    packetBytes = format.bitRate() / 8.0 * coder.context().frame_size() / Sound.RATE_HZ;
  }

  @Override
  public AVCodecContext context() {
    return coder.context();
  }

  @Override
  public void code(@Nullable AVFrame frame, Consumer<AVPacket> packets) {
    // Not before: the container copies what the context says, and shall say the bit rate on the
    // whole.
    context().global_quality((int) Math.round(lambda)).bit_rate(highestBitRate);
    coder.code(
        frame,
        packet -> {
          follow(packet.size());
          packets.accept(packet);
        });
  }

  /// Moves lambda towards what makes frames as large as the bit rate says, by the fourth root of
  /// what is missing, as FFmpeg does where a frame is nearly right.
  private void follow(int bytes) {
    double ratio = Math.sqrt(Math.sqrt(packetBytes / bytes));
    double change = Math.clamp(ratio, 1 / STEP, STEP);
    lambda = Math.clamp(lambda * change, LOWEST, HIGHEST);
  }

  @Override
  public void close() {
    coder.close();
  }
}
