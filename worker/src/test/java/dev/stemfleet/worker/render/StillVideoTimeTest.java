package dev.stemfleet.worker.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.fixture.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prints what the still-video method takes on this machine; see the docs for figures.
class StillVideoTimeTest {
  private static final int SECONDS = 240;

  @Test
  void aFourMinuteVideoCostsOnePictureAndACopy(@TempDir Path folder) throws Exception {
    // Given four minutes of sound and a room that is ready for 1080p
    EncodedAudio sound = sound(folder.resolve("sound.m4a"));
    StillVideo video = StillVideo.open();
    long start = System.nanoTime();
    video.prepare(1920, 1080, 24);
    double ready = seconds(start);

    // When three busy frames become videos
    Picture busy = TestPictures.busy(1920, 1080, 1);
    List<VideoFacts> facts = new ArrayList<>();
    List<Double> times = new ArrayList<>();
    for (int shift = 0; shift < 3; shift++) {
      Picture frame = moved(busy, shift);
      start = System.nanoTime();
      facts.add(
          video.write(frame, sound, VideoTags.NONE, 24, folder.resolve("out.mp4"), Progress.NONE));
      times.add(seconds(start));
    }

    // Then each is whole, and far quicker than encoding 5760 frames could be
    System.out.printf(
        "prepare %.2f s once; 240 s of 1080p24 in %s s, %s%n", ready, times, facts.getLast());
    assertThat(facts)
        .allSatisfy(
            fact -> {
              assertThat(fact.frames()).isEqualTo(SECONDS * 24L);
              assertThat(fact.repeated()).isTrue();
            });
    assertThat(times.getLast()).isLessThan(SECONDS / 24.0);
  }

  private static EncodedAudio sound(Path file) throws IOException {
    String tone = "sine=frequency=440:sample_rate=44100:duration=" + SECONDS;
    FfmpegProgram.ffmpeg()
        .run(
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            tone,
            "-ac",
            "2",
            "-c:a",
            "aac",
            "-aac_coder",
            "fast",
            "-b:a",
            "320k",
            file);
    return new EncodedAudio(
        file, 44_100, 1024, SECONDS * 44_100L, Files.size(file), Sha256.ofFile(file));
  }

  /// The same picture a few rows further down: another one to the caches.
  private static Picture moved(Picture picture, int rows) {
    int[] argb = new int[picture.argb().length];
    int shift = rows * picture.width();
    System.arraycopy(picture.argb(), 0, argb, shift, argb.length - shift);
    return new Picture(picture.width(), picture.height(), argb);
  }

  private static double seconds(long startNanos) {
    return Math.round((System.nanoTime() - startNanos) / 1e6) / 1e3;
  }
}
