package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.worker.render.StillVideo;
import dev.stemfleet.worker.render.VideoFacts;
import dev.stemfleet.worker.render.VideoTags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Makes one still video after the other, as a warm worker does. One thread.
final class StillMaker {
  private static final VideoTags TAGS = new VideoTags("A Title", "An Artist", "");

  private final StillVideo writer;
  private final Look look;
  private final EncodedAudio sound;
  private final Path out;
  private @Nullable VideoFacts last;

  /// @param out replaced by every video
  StillMaker(StillVideo writer, Look look, EncodedAudio sound, Path out) {
    this.writer = writer;
    this.look = look;
    this.sound = sound;
    this.out = out;
    writer.prepare(look.width(), look.height(), look.framesPerSecond());
  }

  /// Makes a video and returns the seconds that it took.
  ///
  /// The one before is deleted first: a job writes new files, and truncating a full one takes
  /// longer than to write it.
  double write(Picture frame) throws IOException {
    Files.deleteIfExists(out);
    long start = System.nanoTime();
    last = writer.write(frame, sound, TAGS, look.framesPerSecond(), out, Progress.NONE);
    return (System.nanoTime() - start) / 1e9;
  }

  Path out() {
    return out;
  }

  /// @throws BenchFailure if the last video is not right
  void requireRight() throws IOException {
    VideoFacts facts = last;
    if (facts == null || !facts.repeated()) {
      throw new BenchFailure("the pictures of " + out + " were not repeated");
    }
    long frames = Math.ceilDiv(sound.samples() * look.framesPerSecond(), sound.sampleRateHz());
    VideoProof.require(out, new VideoProof.Expected(frames, facts.sha256()));
  }
}
