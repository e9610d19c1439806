package dev.stemfleet.worker.clip;

import static dev.stemfleet.fixture.TestPictures.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.fixture.TestPictures;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class ScalingTest {
  private static final int RED = 0xFFFF0000;
  private static final int GREEN = 0xFF00FF00;
  private static final int BLUE = 0xFF0000FF;

  @Test
  void aWideCoverIsCroppedInTheMiddleAndNotStretched() {
    // Given a cover of 3:1 with a green square in the middle, 300 pixels wide, and a black bar in
    // it
    Picture wide =
        picture(900, 300, (x, y) -> x < 300 ? RED : x >= 600 ? BLUE : barOrGreen(x - 300));

    Picture clip = Scaling.cover(wide, 150, 150);

    // Then only the square is seen, its bar still a fifth as wide as high
    assertThat(clip.at(1, 75)).isEqualTo(GREEN);
    assertThat(clip.at(148, 75)).isEqualTo(GREEN);
    assertThat(dark(clip, 75, true)).isEqualTo(30);
    assertThat(dark(clip, 75, false)).isEqualTo(150);
  }

  @Test
  void aTallCoverIsCroppedInTheMiddleAndNotStretched() {
    Picture tall = picture(300, 900, (x, y) -> y < 300 ? RED : y >= 600 ? BLUE : barOrGreen(x));

    Picture clip = Scaling.cover(tall, 150, 150);

    assertThat(clip.at(10, 1)).isEqualTo(GREEN);
    assertThat(clip.at(10, 148)).isEqualTo(GREEN);
    assertThat(dark(clip, 75, true)).isEqualTo(30);
    assertThat(dark(clip, 75, false)).isEqualTo(150);
  }

  @Test
  void aWatermarkIsTrimmedToWhatIsVisible() {
    // Given a mark of 200x80 somewhere in a large transparent picture, with a breath of shadow
    Picture mark =
        picture(
            1000,
            1000,
            (x, y) ->
                x >= 400 && x < 600 && y >= 700 && y < 780 ? GREEN : x < 900 ? 0x07000000 : 0);

    Picture trimmed = Scaling.trimmed("mark.png", mark);

    assertThat(trimmed.width()).isEqualTo(200);
    assertThat(trimmed.height()).isEqualTo(80);
    assertThat(trimmed.argb()).containsOnly(GREEN);
  }

  @Test
  void aWatermarkWithoutVisiblePixelsIsRefusedByName() {
    assertThatThrownBy(() -> Scaling.trimmed("mark.png", plain(10, 10, 0x05000000)))
        .hasMessage("mark.png has no visible pixel");
  }

  @Test
  void fittingKeepsTheShape() {
    assertThat(sides(Scaling.fit(plain(400, 100, RED), 200, 80))).isEqualTo("200x50");
    assertThat(sides(Scaling.fit(plain(100, 400, RED), 200, 80))).isEqualTo("20x80");
    assertThat(sides(Scaling.fit(plain(20, 8, RED), 200, 80))).isEqualTo("200x80");
    assertThat(sides(Scaling.fit(plain(5000, 1, RED), 200, 80))).isEqualTo("200x1");
  }

  @Test
  void anIconThatIsNotSquareIsCentredOnTransparency() {
    Picture icon = Scaling.centred(plain(100, 50, RED), 80, 80);

    assertThat(icon.at(40, 19)).isZero();
    assertThat(icon.at(0, 20)).isEqualTo(RED);
    assertThat(icon.at(79, 59)).isEqualTo(RED);
    assertThat(icon.at(40, 60)).isZero();
  }

  @Test
  void transparentPixelsLendTheirColourToNoEdge() {
    // Given a white disc; premultiplied, what lies around it is nothing at all
    Picture disc = picture(500, 500, (x, y) -> Math.hypot(x - 250, y - 250) < 200 ? 0xFFFFFFFF : 0);

    Picture small = Scaling.fit(disc, 61, 61);

    // Then every edge pixel is white, more or less transparent: all channels equal its alpha
    for (int pixel : small.argb()) {
      int alpha = pixel >>> 24;
      assertThat(pixel).isEqualTo(alpha << 24 | alpha << 16 | alpha << 8 | alpha);
    }
  }

  @Test
  void everySourcePixelCountsWhenAPictureIsMadeSmall() {
    // Given a chessboard of single pixels, of which plain picking would take one colour only
    Picture chess = picture(640, 640, (x, y) -> (x + y) % 2 == 0 ? 0xFFFFFFFF : 0xFF000000);

    Picture small = Scaling.fit(chess, 64, 64);

    for (int pixel : small.argb()) {
      assertThat(pixel & 0xFF).isCloseTo(128, within(2));
    }
  }

  @Test
  void aPictureOfTheRightSizeStaysAsItIs() {
    Picture busy = TestPictures.busy(64, 48, 3);

    assertThat(Scaling.cover(busy, 64, 48).argb()).isEqualTo(busy.argb());
  }

  @Test
  void enlargingKeepsPlainColourPlain() {
    assertThat(Scaling.cover(plain(2, 3, 0x80402010), 50, 20).argb()).containsOnly(0x80402010);
  }

  private static int barOrGreen(int x) {
    return x >= 120 && x < 180 ? 0xFF000000 : GREEN;
  }

  /// How many pixels are dark along the row or column `at`.
  private static int dark(Picture picture, int at, boolean row) {
    int count = 0;
    for (int i = 0; i < 150; i++) {
      int pixel = row ? picture.at(i, at) : picture.at(at, i);
      count += (pixel >> 8 & 0xFF) < 128 ? 1 : 0;
    }
    return count;
  }

  private static String sides(Picture picture) {
    return picture.width() + "x" + picture.height();
  }

  private static Picture picture(int width, int height, IntBinaryOperator colour) {
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = colour.applyAsInt(i % width, i / width);
    }
    return new Picture(width, height, argb);
  }
}
