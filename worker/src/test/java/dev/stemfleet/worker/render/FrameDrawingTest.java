package dev.stemfleet.worker.render;

import static dev.stemfleet.fixture.TestPictures.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Layout;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Tint;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameDrawingTest {
  private static final int BLUE = 0xFF0000FF;
  private static final int RED = 0xFFFF0000;
  private static final int GREEN = 0xFF00FF00;
  private static final int YELLOW = 0xFFFFFF00;

  @Test
  void layersLieWhereTheLandscapeLookSays() {
    // Given a look of 1920x1080, one and a half times its layout's canvas
    Look look = look(1920, 1080, Layout.LANDSCAPE, null);

    // When a frame is drawn from plain clips, the watermark smaller than its box of 300x120
    Picture base = FrameDrawing.base(look, plain(1920, 1080, BLUE), plain(1080, 1080, RED));
    Picture frame = FrameDrawing.frame(look, base, plain(300, 60, GREEN), plain(120, 120, YELLOW));

    // Then every layer has its place to the pixel
    assertThat(frame.at(0, 0)).isEqualTo(BLUE);
    assertThat(frame.at(419, 540)).isEqualTo(BLUE);
    assertThat(frame.at(420, 0)).isEqualTo(RED);
    assertThat(frame.at(1499, 1079)).isEqualTo(RED);
    assertThat(frame.at(1500, 540)).isEqualTo(BLUE);
    assertBox(frame, 30, 990, 300, 60, GREEN);
    assertBox(frame, 1770, 30, 120, 120, YELLOW);
  }

  @Test
  void layersLieWhereThePortraitLookSays() {
    Look look = look(1080, 1920, Layout.PORTRAIT, null);

    Picture base = FrameDrawing.base(look, plain(1080, 1920, BLUE), plain(1080, 1080, RED));
    Picture frame = FrameDrawing.frame(look, base, plain(150, 120, GREEN), plain(120, 120, YELLOW));

    assertThat(frame.at(0, 419)).isEqualTo(BLUE);
    assertThat(frame.at(0, 420)).isEqualTo(RED);
    assertThat(frame.at(1079, 1499)).isEqualTo(RED);
    assertThat(frame.at(1079, 1500)).isEqualTo(BLUE);
    assertBox(frame, 30, 1770, 150, 120, GREEN);
    assertBox(frame, 930, 30, 120, 120, YELLOW);
  }

  @Test
  void drawingAFrameLeavesTheBaseAsItWas() {
    Look look = look(1280, 720, Layout.LANDSCAPE, null);
    Picture base = FrameDrawing.base(look, plain(1280, 720, BLUE), plain(720, 720, RED));
    int[] before = base.argb().clone();

    FrameDrawing.frame(look, base, plain(200, 80, GREEN), plain(80, 80, YELLOW));

    assertThat(base.argb()).isEqualTo(before);
  }

  @Test
  void softEdgesShowWhatLiesUnderThem() {
    // Given a watermark of half-transparent white, premultiplied
    Look look = look(1280, 720, Layout.LANDSCAPE, null);
    Picture base = FrameDrawing.base(look, plain(1280, 720, BLUE), plain(720, 720, RED));

    Picture frame = FrameDrawing.frame(look, base, plain(200, 80, 0x80808080), plain(80, 80, 0));

    // Then half of the blue is left (127 of 255) and nothing overflows; the empty icon is invisible
    assertThat(frame.at(100, 660)).isEqualTo(0xFF8080FF);
    assertThat(frame.at(1200, 40)).isEqualTo(BLUE);
  }

  @Test
  void theTintColoursTheBackgroundAndNotTheThumbnail() {
    Look look = look(1280, 720, Layout.LANDSCAPE, new Tint(255, 0, 0, 0.4));

    Picture base = FrameDrawing.base(look, plain(1280, 720, BLUE), plain(720, 720, GREEN));

    // 0.4 of red and 0.6 of blue
    assertThat(base.at(0, 0)).isEqualTo(0xFF660099);
    assertThat(base.at(640, 360)).isEqualTo(GREEN);
  }

  @Test
  void aTransparentBackgroundShowsBlackSoThatEveryFrameIsOpaque() {
    Look look = look(1280, 720, Layout.LANDSCAPE, null);

    Picture base = FrameDrawing.base(look, plain(1280, 720, 0), plain(720, 720, 0x80800000));

    assertThat(base.at(0, 0)).isEqualTo(0xFF000000);
    assertThat(base.at(640, 360)).isEqualTo(0xFF800000);
  }

  @Test
  void clipsOfAnotherSizeAreRefusedByName() {
    Look look = look(1280, 720, Layout.LANDSCAPE, null);

    assertThatThrownBy(() -> FrameDrawing.base(look, plain(1280, 720, 0), plain(700, 720, 0)))
        .hasMessage("thumbnail: must be 720x720, not 700x720");
    assertThatThrownBy(
            () ->
                FrameDrawing.frame(
                    look, plain(1280, 720, BLUE), plain(201, 80, 0), plain(80, 80, 0)))
        .hasMessageStartingWith("watermark: larger than its box");
  }

  private static void assertBox(
      Picture frame, int left, int top, int width, int height, int colour) {
    assertThat(frame.at(left, top)).isEqualTo(colour);
    assertThat(frame.at(left + width - 1, top + height - 1)).isEqualTo(colour);
    assertThat(frame.at(left - 1, top)).isNotEqualTo(colour);
    assertThat(frame.at(left, top - 1)).isNotEqualTo(colour);
    assertThat(frame.at(left + width, top)).isNotEqualTo(colour);
    assertThat(frame.at(left, top + height)).isNotEqualTo(colour);
  }

  private static Look look(int width, int height, Layout layout, Tint tint) {
    AssetRef any = new AssetRef("any.png", "0".repeat(64));
    return new Look(width, height, 24, layout, tint, any, any, Map.of());
  }
}
