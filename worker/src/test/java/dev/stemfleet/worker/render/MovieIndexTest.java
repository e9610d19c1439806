package dev.stemfleet.worker.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.fixture.TestSound;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieIndexTest {
  private static final byte[] IDR = {0, 0, 0, 3, 0x65, 1, 2};
  private static final byte[] SKIP = {0, 0, 0, 2, 0x41, 1};

  @TempDir Path folder;
  private PictureTrack pictures;
  private SoundTrack sound;

  @BeforeEach
  void open() throws Exception {
    Ffmpeg.ready();
    TestSound source = TestSound.tone(2.5, 440, 0.5);
    Path file = source.write(folder.resolve("sound.m4a"), "-c:a", "aac");
    sound =
        SoundTrack.open(
            new EncodedAudio(
                file, TestSound.RATE_HZ, 1024, source.samples(), Files.size(file), "0".repeat(64)));
    CodedGroup group = new CodedGroup(new byte[] {1, 66, 0, 30}, List.of(IDR, SKIP, SKIP, SKIP));
    pictures = new PictureTrack(group, 64, 64, 2, 5);
  }

  @Test
  void secondsOfPicturesAndSoundTakeTurnsWithoutGaps() {
    Chunks chunks = new Chunks(pictures, sound, 1000);

    // Five frames at two per second: three chunks of 2, 2 and 1 frames
    assertThat(chunks.count()).isEqualTo(3);
    assertThat(chunks.pictureOffsets()[0]).isEqualTo(1000);
    assertThat(chunks.soundOffsets()[0]).isEqualTo(1000 + IDR.length + SKIP.length);
    assertThat(chunks.soundOffsets()[1]).isEqualTo(chunks.pictureOffsets()[1] + 2L * SKIP.length);
    assertThat(chunks.firstPacket(3)).isEqualTo(sound.packets());
    assertThat(chunks.end())
        .isEqualTo(1000 + 2L * IDR.length + 3L * SKIP.length + sound.totalBytes());
    // The packets of the first second are those that begin in it: 1024 of priming and 44100
    assertThat(chunks.firstPacket(1)).isEqualTo(45);
  }

  @Test
  void filesBeyondFourGigabytesHaveLongOffsets() {
    long start = 5_000_000_000L;
    Chunks chunks = new Chunks(pictures, sound, start);

    byte[] movie = new MovieIndex(pictures, sound, VideoTags.NONE).movie(chunks, true);

    int at = find(movie, "co64");
    ByteBuffer box = ByteBuffer.wrap(movie, at + 4, movie.length - at - 4).slice();
    assertThat(box.getInt(4)).isEqualTo(3);
    assertThat(box.getLong(8)).isEqualTo(start);
    assertThat(box.getLong(16)).isEqualTo(chunks.pictureOffsets()[1]);
  }

  @Test
  void theLengthOfTheIndexDoesNotDependOnWhereTheMediaLie() {
    MovieIndex index = new MovieIndex(pictures, sound, new VideoTags("a", "b", "c"));

    byte[] near = index.movie(new Chunks(pictures, sound, 0), false);
    byte[] far = index.movie(new Chunks(pictures, sound, 123_456_789), false);

    assertThat(far).hasSameSizeAs(near);
  }

  private static int find(byte[] bytes, String name) {
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i + 4 <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + 4, wanted, 0, 4)) {
        return i;
      }
    }
    throw new IllegalStateException("no " + name);
  }
}
