package dev.stemfleet.worker.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.TestLoops;
import dev.stemfleet.fixture.TestPictures;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LoopVideoTest {
  private static final int WIDTH = TestLoops.WIDTH;
  private static final int HEIGHT = TestLoops.HEIGHT;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    Ffmpeg.ready();
  }

  static List<VideoCoder> coders() {
    return VideoCoder.present();
  }

  @ParameterizedTest
  @MethodSource("coders")
  void theLoopIsRepeatedBitForBitUntilTheSoundEnds(VideoCoder coder) throws IOException {
    // Given a loop of 20 frames and 3.217 s of sound: almost four times
    TestSound source = TestSound.bursts(3.217, 4);
    Path out = folder.resolve("out.mp4");

    VideoFacts facts = write(video(coder), bar(20), sound(source), 24, out);

    // Then the bar is at its place in every frame, and each repetition is the first
    assertThat(facts.frames()).isEqualTo(78);
    assertThat(facts.seconds()).isCloseTo(source.seconds(), within(1.0 / 24));
    assertThat(facts.encoder()).isEqualTo(coder.key());
    assertThat(facts.sha256()).isEqualTo(Sha256.ofFile(out));
    List<byte[]> decoded = frames(out);
    assertThat(decoded).hasSize(78);
    for (int i = 0; i < decoded.size(); i++) {
      assertThat(TestLoops.place(middleRow(decoded.get(i)))).as("frame %d", i).isEqualTo(i % 20);
      assertThat(decoded.get(i)).as("frame %d", i).isEqualTo(decoded.get(i % 20));
    }
    // And the sound starts and ends at the exact sample
    DecodedSound sound = DecodedSound.of(out, "-map", "0:a");
    assertThat(sound.offsetAtStart(source)).isZero();
    assertThat(sound.offsetAtEnd(source)).isZero();
    Mp4Boxes boxes = Mp4Boxes.of(out);
    assertThat(boxes.names().stream().filter(name -> !name.contains("/")))
        .containsExactly("ftyp", "moov", "mdat");
    assertThat(intraPictures(boxes)).containsExactly(1, 21, 41, 61);
  }

  @ParameterizedTest
  @CsvSource({"1, 24", "0.05, 2", "0.84, 21"})
  void theVideoMayEndAnywhereInTheLoop(double seconds, int frames) throws IOException {
    Path out = folder.resolve("out.mp4");

    VideoFacts facts =
        write(StillVideo.open(), bar(20), sound(TestSound.tone(seconds, 440, 0.5)), 24, out);

    assertThat(facts.frames()).isEqualTo(frames);
    assertThat(frames(out)).hasSize(frames);
  }

  @Test
  void aLongLoopHasAnIntraPictureEveryTenSeconds() throws IOException {
    // Given 11 s at 10 frames a second, shown twice
    Path out = folder.resolve("out.mp4");

    write(StillVideo.open(), bar(110), sound(TestSound.tone(22, 440, 0.5)), 10, out);

    assertThat(intraPictures(Mp4Boxes.of(out))).containsExactly(1, 101, 111, 211);
    assertThat(frames(out)).hasSize(220);
  }

  @ParameterizedTest
  @MethodSource("coders")
  void busyMovingFramesKeepAtLeast42Decibels(VideoCoder coder) throws IOException {
    // Given a busy picture that moves under a window
    Picture busy = TestPictures.busy(WIDTH + 60, HEIGHT, 3);
    List<Picture> frames = IntStream.range(0, 20).mapToObj(i -> part(busy, 3 * i)).toList();
    Path out = folder.resolve("out.mp4");

    write(
        video(coder), moving("busy", frames), sound(TestSound.tone(20 / 24.0, 440, 0.5)), 24, out);

    List<byte[]> decoded = frames(out);
    assertThat(decoded).hasSize(20);
    for (int i = 0; i < 20; i++) {
      assertThat(psnr(Yuv420.of(frames.get(i)).luma(), decoded.get(i))).isGreaterThan(42);
    }
  }

  @Test
  void theSameLoopIsEncodedOnce() throws IOException {
    StillVideo video = StillVideo.open();
    AtomicInteger opened = new AtomicInteger();
    MovingPicture bar = bar(20);
    MovingPicture counted =
        new MovingPicture(
            "counted",
            WIDTH,
            HEIGHT,
            () -> {
              opened.incrementAndGet();
              return bar.source().open();
            });
    EncodedAudio sound = sound(TestSound.tone(1, 440, 0.5));
    Path one = folder.resolve("one.mp4");
    Path two = folder.resolve("two.mp4");

    write(video, counted, sound, 24, one);
    write(video, counted, sound, 24, two);

    assertThat(opened).hasValue(1);
    assertThat(two).hasSameBinaryContentAs(one);
    write(video, counted, sound, 25, two);
    assertThat(opened).hasValue(2);
  }

  @Test
  void aLoopThatIsTooLargeForTheMemoryIsRefused() {
    LoopCoder small = new LoopCoder(16 * 1000);
    MovingPicture busy =
        moving(
            "busy",
            List.of(TestPictures.busy(WIDTH, HEIGHT, 1), TestPictures.busy(WIDTH, HEIGHT, 2)));

    assertThatThrownBy(
            () -> small.group(CoderSettings.ofLoop(VideoCoder.best(), WIDTH, HEIGHT, 24), busy))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("shorter or calmer");
  }

  @Test
  void whatIsTooLargeToKeepIsMadeAnew() {
    CoderSettings settings = CoderSettings.ofLoop(VideoCoder.best(), WIDTH, HEIGHT, 24);
    CodedGroup first = new LoopCoder(1 << 30).group(settings, bar(20));
    LoopCoder small = new LoopCoder(40 * first.bytes());

    CodedGroup kept = small.group(settings, bar(20));
    CodedGroup again = small.group(settings, bar(20));

    assertThat(again).isNotSameAs(kept);
    assertThat(again.samples()).containsExactlyElementsOf(first.samples());
  }

  private static StillVideo video(VideoCoder coder) {
    return StillVideo.with(
        coder, (width, height, rate) -> CoderSettings.of(coder, width, height, rate));
  }

  private static MovingPicture bar(int frames) {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      int[] argb = new int[WIDTH * HEIGHT];
      Arrays.fill(argb, 0xFF202838);
      int left = i % 20 * TestLoops.BAR;
      for (int y = 0; y < HEIGHT; y++) {
        Arrays.fill(argb, y * WIDTH + left, y * WIDTH + left + TestLoops.BAR, 0xFFE8E8E8);
      }
      pictures.add(new Picture(WIDTH, HEIGHT, argb));
    }
    return moving("bar " + frames, pictures);
  }

  private static MovingPicture moving(String key, List<Picture> pictures) {
    return new MovingPicture(key, WIDTH, HEIGHT, () -> new Listed(pictures));
  }

  private static final class Listed implements MovingPicture.Frames {
    private final List<Picture> pictures;
    private int next;

    Listed(List<Picture> pictures) {
      this.pictures = pictures;
    }

    @Override
    public @Nullable Picture next() {
      return next < pictures.size() ? pictures.get(next++) : null;
    }

    @Override
    public void close() {}
  }

  private static Picture part(Picture picture, int left) {
    int[] argb = new int[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      System.arraycopy(picture.argb(), y * picture.width() + left, argb, y * WIDTH, WIDTH);
    }
    return new Picture(WIDTH, HEIGHT, argb);
  }

  private static VideoFacts write(
      StillVideo video, MovingPicture moving, EncodedAudio sound, int rate, Path out) {
    return video.write(video.loop(moving, rate), sound, VideoTags.NONE, out, Progress.NONE);
  }

  private EncodedAudio sound(TestSound source) throws IOException {
    Path file = source.write(folder.resolve("sound.m4a"), "-c:a", "aac", "-b:a", "192k");
    return new EncodedAudio(
        file, TestSound.RATE_HZ, 1024, source.samples(), Files.size(file), Sha256.ofFile(file));
  }

  /// The luma of every frame, by a decoder that stops at the first fault.
  private static List<byte[]> frames(Path file) {
    byte[] all =
        FfmpegProgram.ffmpeg()
            .run(
                "-v",
                "error",
                "-xerror",
                "-err_detect",
                "explode",
                "-i",
                file,
                "-map",
                "0:v",
                "-fps_mode",
                "passthrough",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "yuv420p",
                "-")
            .out();
    int size = WIDTH * HEIGHT * 3 / 2;
    assertThat(all.length % size).isZero();
    return IntStream.range(0, all.length / size)
        .mapToObj(i -> Arrays.copyOfRange(all, i * size, (i + 1) * size))
        .toList();
  }

  private static int[] middleRow(byte[] frame) {
    return IntStream.range(0, WIDTH).map(x -> frame[HEIGHT / 2 * WIDTH + x] & 0xFF).toArray();
  }

  private static double psnr(byte[] luma, byte[] decoded) {
    double squares = 0;
    for (int i = 0; i < luma.length; i++) {
      int difference = (luma[i] & 0xFF) - (decoded[i] & 0xFF);
      squares += difference * difference;
    }
    return 10 * Math.log10(255 * 255 * luma.length / squares);
  }

  private static List<Integer> intraPictures(Mp4Boxes boxes) {
    ByteBuffer stss = boxes.only("stbl/stss");
    return IntStream.range(0, stss.getInt(4)).mapToObj(i -> stss.getInt(8 + 4 * i)).toList();
  }
}
