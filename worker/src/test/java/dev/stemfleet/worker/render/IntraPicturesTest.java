package dev.stemfleet.worker.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.fixture.TestPictures;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IntraPicturesTest {
  @BeforeAll
  static void load() {
    Ffmpeg.ready();
  }

  @ParameterizedTest
  @CsvSource({"X264, 320, 1080", "X264, 180, 328", "X264, 64, 64", "OPENH264, 320, 720"})
  void whatIsPutTogetherIsToTheByteWhatTheWholePictureWouldBe(
      VideoCoder coder, int width, int height) {
    // Given pictures that differ at the top, at the bottom, and not at all
    CoderSettings settings = CoderSettings.of(coder, width, height, 24).inSlices();
    Picture first = TestPictures.busy(width, height, 3);
    List<Picture> shown =
        List.of(
            first,
            marked(first, 20, 60),
            marked(first, height - 40, height - 8),
            marked(marked(first, 20, 60), height - 40, height - 8),
            first);
    IntraPictures pictures = new IntraPictures();

    for (Picture picture : shown) {
      Yuv420 planes = Yuv420.of(picture);
      CodedGroup joined = pictures.code(settings, picture);

      CodedGroup whole = VideoEncoder.group(settings, planes, 1);
      assertThat(joined.header()).isEqualTo(whole.header());
      assertThat(joined.first()).isEqualTo(whole.first());
    }
  }

  @Test
  void framesCodedAtTheSameTimeWaitForWhatTheyShareAndAreEachRight() {
    // Given frames that differ at the top
    CoderSettings settings = CoderSettings.of(VideoCoder.X264, 320, 720, 24).inSlices();
    Picture first = TestPictures.busy(320, 720, 4);
    List<Picture> shown =
        IntStream.range(1, 9).mapToObj(i -> marked(first, 8 * i, 8 * i + 16)).toList();
    IntraPictures pictures = new IntraPictures();

    // When several threads code them
    List<CompletableFuture<CodedGroup>> coded;
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      coded =
          shown.stream()
              .map(
                  picture ->
                      CompletableFuture.supplyAsync(() -> pictures.code(settings, picture), pool))
              .toList();
    }

    for (int i = 0; i < shown.size(); i++) {
      CodedGroup whole = VideoEncoder.group(settings, Yuv420.of(shown.get(i)), 1);
      assertThat(coded.get(i).join().first()).isEqualTo(whole.first());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTailHoldsBehindPicturesInSlices(VideoCoder coder) {
    CoderSettings settings = CoderSettings.of(coder, 128, 720, 24);
    SkipTail tail = SkipTail.make(settings).orElseThrow();
    Picture picture = TestPictures.busy(128, 720, 9);

    CodedGroup group =
        tail.behind(new IntraPictures().code(settings.inSlices(), picture)).orElseThrow();

    assertThat(SkipTail.isStill(group)).isTrue();
  }

  @Test
  void iconAndWatermarkOfTheUsualLayoutsLieInOneSliceEach() {
    for (int height : new int[] {720, 1080, 1920}) {
      CoderSettings settings = CoderSettings.of(VideoCoder.X264, 640, height, 24).inSlices();
      int unit = height == 1920 ? 1920 : 720;
      int[] icon = height == 1920 ? new int[] {30, 150} : new int[] {20, 100};
      int[] mark = height == 1920 ? new int[] {1770, 1890} : new int[] {620, 700};

      assertThat(settings.firstRow(0)).isZero();
      assertThat(settings.firstRow(1)).isGreaterThanOrEqualTo(icon[1] * height / unit);
      assertThat(settings.firstRow(settings.slices() - 1))
          .isLessThanOrEqualTo(mark[0] * height / unit);
      assertThat(settings.firstRow(settings.slices())).isEqualTo(height);
    }
  }

  private static Picture marked(Picture picture, int from, int to) {
    int[] argb = picture.argb().clone();
    Arrays.fill(argb, from * picture.width() + 8, to * picture.width(), 0xFF2060C0);
    return new Picture(picture.width(), picture.height(), argb);
  }
}
