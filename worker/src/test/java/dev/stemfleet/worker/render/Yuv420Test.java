package dev.stemfleet.worker.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.fixture.TestPictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Yuv420Test {
  @ParameterizedTest
  @CsvSource({
    // The corners of BT.709 in limited range, as tables of test patterns give them.
    "000000, 16, 128, 128",
    "FFFFFF, 235, 128, 128",
    "FF0000, 63, 102, 240",
    "00FF00, 173, 42, 26",
    "0000FF, 32, 240, 118",
    "FFFF00, 219, 16, 138",
    "00FFFF, 188, 154, 16",
    "FF00FF, 78, 214, 230",
    "808080, 126, 128, 128"
  })
  void coloursBecomeWhatBt709Says(String rgb, int luma, int blue, int red) {
    Picture plain = TestPictures.plain(4, 4, 0xFF000000 | Integer.parseInt(rgb, 16));

    Yuv420 video = Yuv420.of(plain);

    assertThat(video.luma()).containsOnly(luma);
    assertThat(video.blue()).containsOnly(blue);
    assertThat(video.red()).containsOnly(red);
  }

  @Test
  void chromaLiesOnTheLeftPixelOfEachPair() {
    // Given one red column, the third
    int[] argb = new int[8 * 2];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = i % 8 == 2 ? 0xFFFF0000 : 0xFF000000;
    }

    Yuv420 video = Yuv420.of(new Picture(8, 2, argb));

    // Then its own sample has half of its colour, the others none: 128 + (240 - 128) / 2
    assertThat(video.red()).containsExactly(128, 184, 128, 128);
  }

  @Test
  void oddSidesAreRefused() {
    Picture odd = TestPictures.plain(3, 2, 0);

    assertThatThrownBy(() -> Yuv420.of(odd)).hasMessage("picture: both sides must be even");
  }
}
