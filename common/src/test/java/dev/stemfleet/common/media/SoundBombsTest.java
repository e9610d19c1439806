package dev.stemfleet.common.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small files that say they are hours, or need machines, of sound.
final class SoundBombsTest {
  private static final TestSound SOUND = TestSound.bursts(0.2, 3);

  @TempDir private Path folder;

  @Test
  void aFlacOfABillionSecondsIsRefused() throws IOException {
    Path file = SOUND.write(folder.resolve("a.flac"));
    byte[] bytes = Files.readAllBytes(file);
    // STREAMINFO: 36 bits of samples, the last four of byte 21 and the four bytes behind it.
    bytes[21] |= 0x0f;
    ByteBuffer.wrap(bytes).putInt(22, -1);
    Files.write(file, bytes);

    assertRefused(file, "hours of sound");
  }

  @Test
  void aWavOfManyHoursIsRefused() throws IOException {
    Path file = folder.resolve("a.wav");
    Files.write(file, wav(8000, 1, 0x7fff_0000));
    try (java.nio.channels.FileChannel sparse =
        java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
      // A file with a hole takes no room.
      sparse.write(ByteBuffer.wrap(new byte[1]), 0x7fff_0000L);
    }

    assertRefused(file, "hours of sound");
  }

  @Test
  void oneSampleASecondIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("slow.wav"), wav(1, 2, 70_000));

    assertRefused(file, "1 samples a second");
  }

  @Test
  void aThousandChannelsAreRefused() throws IOException {
    byte[] bytes = wav(44_100, 1, 70_000);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(22, (short) 1000);
    Path file = Files.write(folder.resolve("wide.wav"), bytes);

    assertRefused(file, "");
  }

  @Test
  void aPictureThatIsLargerThanItsMovieSaysIsNotDecoded() throws IOException {
    Path file = folder.resolve("large.mp4");
    FfmpegProgram.ffmpeg()
        .run(
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "color=size=6000x4000:rate=2:duration=1",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            file);

    assertThatThrownBy(() -> LoopFile.check(file, "background"))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.ASSET_UNREADABLE));
  }

  private static byte[] wav(int rate, int bytesPerSample, int dataBytes) {
    ByteBuffer file = ByteBuffer.allocate(44 + 70_000).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + dataBytes);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(rate * bytesPerSample);
    file.putShort((short) bytesPerSample).putShort((short) (8 * bytesPerSample));
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
    return file.array();
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> SoundFile.probe(file))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SOUND_UNREADABLE))
        .hasMessageContainingAll(file.toString(), why);
  }
}
