package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_copy_props;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free_side_data;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// FFmpeg's AAC encoder with its quick search, and with its careful one where the quick one would
/// fail. Confined to one thread at a time; the caller closes.
///
/// The quick search makes its steps so fine that the coefficient of a lone tone of amplitude 0.43
/// or more passes AAC's greatest value: it is cut off, and the tone distorted. So packets in whose
/// window such a coefficient is possible, and [#AFTER] more, are taken from a careful encoder that
/// runs along during such a passage and has started [CarefulPassage#BEFORE] frames before.
///
/// Packets of the two can stand side by side: without prediction and noise substitution they depend
/// on each other through their overlapping windows alone. Those are chosen by what is heard, the
/// same in both encoders; where they are not, the change waits for the next packet.
///
/// The packets depend on the frames only. Memory: a few frames and packets.
final class GuardedCoder implements PacketCoder {
  /// From this amplitude on a tone is coded with care. The encoder's window may weigh a short sound
  /// by up to 9 % more than the one of [LoudestTone] does; the rest is for safety.
  static final double LOUD = 0.37;

  /// How many packets after the last loud one a passage goes on.
  static final int AFTER = 8;

  private final LoudestTone tones = new LoudestTone(LOUD);
  private final OnePassCoder quick;
  private final CarefulPassage passage;
  private AacWindows quickWindows = AacWindows.UNKNOWN;
  private boolean careful;
  private long frames;
  private long packets;
  private long carefulPackets;
  private long carefulUntil = -1;

  /// @param file named by failures
  GuardedCoder(Path file, SoundFormat format) {
    quick = new OnePassCoder(file, format);
    passage = new CarefulPassage(() -> new SingleCoder(file, format, format.carefulOptions()));
  }

  @Override
  public AVCodecContext context() {
    return quick.context();
  }

  /// How many of the packets so far came from the careful encoder.
  long carefulPackets() {
    return carefulPackets;
  }

  @Override
  public void code(@Nullable AVFrame frame, Consumer<AVPacket> consumer) {
    // Packet n stands for frames n - 1 and n, and is ready when the frame after them is known.
    boolean loud = tones.passes(frame);
    if (loud) {
      carefulUntil = frames + AFTER;
    }
    passage.code(frame, loud);
    frames++;
    quick.code(frame, packet -> consumer.accept(choose(packet)));
  }

  private AVPacket choose(AVPacket packet) {
    boolean fit = packets == 0 || passage.windowsBefore(packets).fit(quickWindows);
    boolean wanted = packets <= carefulUntil;
    if (fit) {
      careful = wanted && passage.running();
    }
    quickWindows = AacWindows.of(packet);
    AVPacket chosen = packet;
    if (careful) {
      chosen = passage.packet(packets);
      av_packet_free_side_data(chosen);
      av_packet_copy_props(chosen, packet);
      carefulPackets++;
    } else if (!wanted) {
      passage.end();
    }
    packets++;
    return chosen;
  }

  @Override
  public void close() {
    passage.close();
    quick.close();
  }
}
