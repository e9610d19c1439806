package dev.stemfleet.common.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.fixture.TestLoops;
import dev.stemfleet.fixture.TestPictures;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopFramesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bar.mp4", "bar.mov", "bar.webm", "bar.mkv", "bar.gif"})
  void everyKindOfLoopGivesAllItsPicturesInOrder(String name) throws IOException {
    // GIF counts in hundredths of a second: 25 is a rate that it has.
    Path file = TestLoops.bar(folder.resolve(name), 0.4, 25);

    assertThat(LoopFile.isLoop(file)).isTrue();
    assertThat(places(file, 25)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @ParameterizedTest
  @CsvSource({
    // Half the rate: every second picture. Double: each twice.
    "24, 12, 0 2 4 6 8 10",
    "24, 48, 0 0 1 1 2 2 3 3 4 4 5 5 6 6 7 7 8 8 9 9 10 10 11 11",
    "24, 16, 0 1 3 4 6 7 9 10",
    "30, 24, 0 1 2 4 5 6 7 9 10 11 12 14",
  })
  void anotherRateTakesThePictureThatIsOnAtThatTime(int from, int to, String places) {
    double seconds = 12.0 / 24;

    Path file = TestLoops.bar(folder.resolve("bar.mov"), seconds, from);

    List<Integer> expected = Arrays.stream(places.split(" ")).map(Integer::valueOf).toList();
    assertThat(places(file, to)).isEqualTo(expected);
  }

  @Test
  void aLoopOfOnePictureIsShownForTwoFrames() {
    Path file = TestLoops.bar(folder.resolve("bar.mov"), 0.04, 25);

    assertThat(places(file, 24)).containsExactly(0, 0);
  }

  @Test
  void picturesFillTheFrameAndAreCroppedNeverStretched() {
    // Given 16:9, shown in a square
    Path file = TestLoops.bar(folder.resolve("bar.mov"), 0.4, 25);

    // Then the middle 180 of 320 columns are there: the bar shows from its fifth place on
    List<Integer> bars = new ArrayList<>();
    try (LoopFrames frames = LoopFrames.open(file, "bar", 180, 180, 25)) {
      for (Picture picture = frames.next(); picture != null; picture = frames.next()) {
        int[] row = row(picture);
        bars.add(IntStream.range(0, row.length).filter(x -> row[x] > 130).findFirst().orElse(-1));
        assertThat(picture.width()).isEqualTo(180);
        assertThat(picture.height()).isEqualTo(180);
      }
    }
    assertThat(bars.subList(0, 4)).containsOnly(-1);
    assertThat(bars.get(5)).isCloseTo(5 * 16 - 70, within(1));
    assertThat(bars.get(8)).isCloseTo(8 * 16 - 70, within(1));
  }

  @ParameterizedTest
  @CsvSource({"bt709, 1920x1080", "bt709, 320x180", "smpte170m, 320x180", "none, 320x180"})
  void coloursAreThoseThatTheFileMeans(String matrix, String size) {
    // Given a plain orange, stored by one matrix or another
    Path file = folder.resolve("orange.webm");
    String used = matrix.equals("none") ? "smpte170m" : matrix;
    FfmpegProgram.ffmpeg()
        .run(
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "color=c=0xE08030:size=" + size + ":rate=24:duration=0.1",
            "-vf",
            "scale=out_color_matrix="
                + used
                + ":out_range=tv,format=yuv420p,setparams=colorspace="
                + (matrix.equals("none") ? "unknown" : matrix),
            "-c:v",
            "libvpx-vp9",
            "-crf",
            "4",
            "-b:v",
            "0",
            "-cpu-used",
            "8",
            file);

    try (LoopFrames frames = LoopFrames.open(file, "orange", 64, 36, 24)) {
      int pixel = frames.next().at(32, 18);
      assertThat(pixel >>> 24).isEqualTo(255);
      assertThat(pixel >> 16 & 0xFF).isCloseTo(0xE0, within(4));
      assertThat(pixel >> 8 & 0xFF).isCloseTo(0x80, within(4));
      assertThat(pixel & 0xFF).isCloseTo(0x30, within(4));
    }
  }

  @Test
  void picturesAreNoLoops() throws IOException {
    Picture plain = TestPictures.plain(32, 32, 0xFF336699);
    for (String format : List.of("png", "gif", "jpeg")) {
      Path file = folder.resolve("picture." + format);
      Files.write(file, TestPictures.encoded(TestPictures.opaque(plain), format));
      assertThat(LoopFile.isLoop(file)).as(format).isFalse();
    }
    Path avif = folder.resolve("picture.avif");
    Files.writeString(avif, "\0\0\0\20ftypavif\0\0\0\0avif", StandardCharsets.ISO_8859_1);
    assertThat(LoopFile.isLoop(avif)).isFalse();
    assertThat(LoopFile.isLoop(Files.writeString(folder.resolve("x.mp4"), "no"))).isFalse();
  }

  @Test
  void whatCannotBeABackgroundIsRefusedWithTheReason() throws IOException {
    refused(TestLoops.bar(folder.resolve("long.mp4"), 21, 5), "21.0 s long; .* at most 20 s");
    refused(turned(), "lie on their side");
    Path sound = TestSound.tone(1, 440, 0.5).write(folder.resolve("sound.mp4"), "-c:a", "aac");
    refused(sound, "no pictures in it");
    Path head = folder.resolve("head.mp4");
    Files.writeString(head, "\0\0\0\20ftypisom\0\0\0\0isomnothing", StandardCharsets.ISO_8859_1);
    refused(head, "no video that can be read");
    refused(cut(0.5, "-movflags", "+faststart"), "cut off|damaged");
    refused(cut(0.5), "no video that can be read");
  }

  private void refused(Path file, String reason) {
    assertThatThrownBy(() -> LoopFile.check(file, "look.background"))
        .isInstanceOfSatisfying(
            JobException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.ASSET_UNREADABLE);
              assertThat(e).hasMessageMatching("(?s)look.background: .*(" + reason + ").*");
            });
    assertThatThrownBy(
            () -> {
              try (LoopFrames frames = LoopFrames.open(file, "x", 64, 36, 24)) {
                while (frames.next() != null) {}
              }
            })
        .isInstanceOf(JobException.class);
  }

  private Path turned() {
    Path upright = TestLoops.bar(folder.resolve("upright.mp4"), 0.4, 25);
    Path turned = folder.resolve("turned.mp4");
    FfmpegProgram.ffmpeg()
        .run("-v", "error", "-display_rotation", "90", "-i", upright, "-c", "copy", turned);
    return turned;
  }

  private Path cut(double part, Object... options) throws IOException {
    Path whole = TestLoops.bar(folder.resolve("whole.mp4"), 3, 24, options);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.mp4");
    return Files.write(cut, Arrays.copyOf(bytes, (int) (part * bytes.length)));
  }

  private static List<Integer> places(Path file, int framesPerSecond) {
    List<Integer> places = new ArrayList<>();
    try (LoopFrames frames =
        LoopFrames.open(file, "bar", TestLoops.WIDTH, TestLoops.HEIGHT, framesPerSecond)) {
      for (Picture picture = frames.next(); picture != null; picture = frames.next()) {
        places.add(TestLoops.place(row(picture)));
      }
    }
    return places;
  }

  /// The brightness in the middle row.
  private static int[] row(Picture picture) {
    return IntStream.range(0, picture.width())
        .map(x -> picture.at(x, picture.height() / 2) >> 8 & 0xFF)
        .toArray();
  }
}
