package dev.stemfleet.worker.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.Picture;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlaceholderTest {
  @Test
  void theSameTrackHasTheSamePictureAndItIsOpaque() {
    Picture once = Placeholder.draw("track", 90, 90);
    Picture again = Placeholder.draw("track", 90, 90);

    assertThat(again.argb()).isEqualTo(once.argb());
    assertThat(Arrays.stream(once.argb()).map(pixel -> pixel >>> 24)).containsOnly(255);
  }

  @Test
  void theRecordIsRoundInEveryShape() {
    Picture wide = Placeholder.draw("track", 400, 100);

    // The record's radius is 40 in a height of 100: dark as far as that, coloured beyond
    assertThat(brightness(wide.at(200 + 37, 50))).isLessThan(110);
    assertThat(wide.at(200 + 60, 50)).isNotEqualTo(wide.at(200 + 37, 50));
    assertThat(saturation(wide.at(10, 10))).isGreaterThan(0.3);
    assertThat(saturation(wide.at(200, 50 - 30))).isLessThan(0.2);
  }

  private static int brightness(int pixel) {
    return Math.max(pixel >> 16 & 0xFF, Math.max(pixel >> 8 & 0xFF, pixel & 0xFF));
  }

  private static double saturation(int pixel) {
    int darkest = Math.min(pixel >> 16 & 0xFF, Math.min(pixel >> 8 & 0xFF, pixel & 0xFF));
    return 1 - (double) darkest / brightness(pixel);
  }
}
