package dev.stemfleet.worker.audio;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_clone;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/// An encoder that runs during passages only, each time a new one, begun with the frames before so
/// that it knows what led there. Counts frames and packets as an encoder does that ran from the
/// start. Confined to one thread at a time; the caller closes.
final class CarefulPassage implements AutoCloseable {
  /// How many frames before the one at which a passage is wanted the encoder begins: its first
  /// packet lacks the sound before, and its search settles in the next two or three.
  static final int BEFORE = 8;

  private final Supplier<SingleCoder> opening;
  private final Deque<AVFrame> recent = new ArrayDeque<>();
  private final Deque<Ready> ready = new ArrayDeque<>();
  private @Nullable SingleCoder coder;
  private AacWindows lastWindows = AacWindows.UNKNOWN;
  private long frames;
  private long firstReady;

  private record Ready(AVPacket packet, AacWindows windows) {}

  CarefulPassage(Supplier<SingleCoder> opening) {
    this.opening = opening;
  }

  boolean running() {
    return coder != null;
  }

  /// Takes the next frame, and begins a passage if one is wanted and none runs.
  void code(@Nullable AVFrame frame, boolean wanted) {
    if (coder == null && wanted) {
      coder = opening.get();
      firstReady = frames - recent.size();
      for (AVFrame before : recent) {
        coder.code(before, this::keep);
      }
    }
    if (coder != null) {
      coder.code(frame, this::keep);
    }
    if (frame != null) {
      remember(frame);
      frames++;
    }
  }

  private void remember(AVFrame frame) {
    if (recent.size() == BEFORE) {
      avutil.av_frame_free(recent.removeFirst());
    }
    recent.addLast(Objects.requireNonNull(av_frame_clone(frame), "frame"));
  }

  private void keep(AVPacket packet) {
    AVPacket kept = Objects.requireNonNull(av_packet_clone(packet), "packet");
    ready.addLast(new Ready(kept, AacWindows.of(kept)));
  }

  /// The windows of the packet before the one with this number; from here on no earlier one can be
  /// asked for.
  AacWindows windowsBefore(long number) {
    while (firstReady < number && !ready.isEmpty()) {
      Ready passed = ready.removeFirst();
      lastWindows = passed.windows();
      avcodec.av_packet_free(passed.packet());
      firstReady++;
    }
    return lastWindows;
  }

  /// The packet with this number, of the running passage; owned by this object, but its contents
  /// may be taken.
  AVPacket packet(long number) {
    Ready first = ready.peekFirst();
    if (first == null || firstReady != number) {
      throw new IllegalStateException("no packet " + number + " but from " + firstReady);
    }
    return first.packet();
  }

  /// Ends the passage, if one is running.
  void end() {
    if (coder != null) {
      coder.close();
      coder = null;
    }
    ready.forEach(left -> avcodec.av_packet_free(left.packet()));
    ready.clear();
    lastWindows = AacWindows.UNKNOWN;
  }

  @Override
  public void close() {
    end();
    recent.forEach(avutil::av_frame_free);
    recent.clear();
  }
}
