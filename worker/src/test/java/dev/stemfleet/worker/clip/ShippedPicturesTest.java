package dev.stemfleet.worker.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Stem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedPicturesTest {
  private static final Path ASSETS = Path.of(System.getProperty("stemfleet.home"), "assets");

  private final ClipLoader loader = new ClipLoader(picture -> ASSETS.resolve(picture.name()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgs.png",
        "sgs_2.png",
        "son_got_drums.png",
        "son_got_acapellas.png",
        "sample_split.png",
        "tik_tok.png"
      })
  void everyWatermarkUsesItsBoxAndEndsBeforeThePicturesEdge(String name) throws IOException {
    Picture clip = loader.watermark(asset(name), 300, 120);

    assertThat(clip.width() == 300 || clip.height() == 120).isTrue();
    assertThat(clip.height()).isGreaterThan(40);
    Picture whole = PictureReader.read(name, Files.readAllBytes(ASSETS.resolve(name)));
    for (int y = 0; y < whole.height(); y++) {
      assertThat(whole.at(0, y) | whole.at(whole.width() - 1, y)).isZero();
    }
  }

  @Test
  void everyStemHasAnIconOfItsOwnWithTransparentCorners() throws IOException {
    Set<Integer> middles = new HashSet<>();
    for (Stem stem : Stem.values()) {
      Picture icon = loader.icon(asset(stem.key() + ".png"), 80, 80);
      assertThat(icon.at(0, 0) >>> 24).isZero();
      middles.add(Arrays.hashCode(icon.argb()));
      assertThat(icon.at(40, 6) >>> 24).isEqualTo(255);
    }
    assertThat(middles).hasSize(Stem.values().length);
  }

  @Test
  void theBackgroundIsOpaqueAndLargeEnoughForFullHd() throws IOException {
    Picture background =
        PictureReader.read("background.png", Files.readAllBytes(ASSETS.resolve("background.png")));

    assertThat(background.width()).isGreaterThanOrEqualTo(1920);
    assertThat(background.height()).isGreaterThanOrEqualTo(1080);
    for (int pixel : background.argb()) {
      if (pixel >>> 24 != 255) {
        throw new AssertionError("a pixel is transparent");
      }
    }
  }

  private static AssetRef asset(String name) throws IOException {
    return new AssetRef(name, Sha256.ofFile(ASSETS.resolve(name)));
  }
}
