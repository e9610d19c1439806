package dev.stemfleet.worker.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.fixture.TestPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void losslessFormatsKeepEveryPixel(String format) {
    Picture picture = fourColours(40, 20);

    Picture read =
        PictureReader.read("a", TestPictures.encoded(TestPictures.opaque(picture), format));

    assertThat(read.width()).isEqualTo(40);
    assertThat(read.argb()).isEqualTo(picture.argb());
  }

  @Test
  void aWebpIsRead(@TempDir Path folder) throws IOException {
    Picture picture = fourColours(64, 48);
    Path png = Files.write(folder.resolve("a.png"), TestPictures.png(picture));
    Path webp = folder.resolve("a.webp");
    FfmpegProgram.ffmpeg().run("-v", "error", "-i", png, "-c:v", "libwebp", "-lossless", "1", webp);

    Picture read = PictureReader.read("a.webp", Files.readAllBytes(webp));

    assertThat(read.argb()).isEqualTo(picture.argb());
  }

  @Test
  void transparencyIsKeptAndPremultiplied() {
    // Given a file with half-transparent pure red
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x80FF0000);

    Picture read = PictureReader.read("a", TestPictures.encoded(image, "png"));

    assertThat(read.at(0, 0)).isEqualTo(0x80800000);
    assertThat(read.at(1, 0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
  void greyIsNotBrightened(int type) {
    BufferedImage image = new BufferedImage(1, 1, type);
    image.getRaster().setSample(0, 0, 0, type == BufferedImage.TYPE_BYTE_GRAY ? 100 : 100 * 257);

    Picture read = PictureReader.read("a", TestPictures.encoded(image, "png"));

    assertThat(read.at(0, 0)).isEqualTo(0xFF646464);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jpegsForPrintHaveTheirColours(boolean ycck) throws IOException {
    // Given a CMYK (YCCK) JPEG of a strong orange with a tenth of black
    byte[] jpeg = PictureFilesOf.adobeJpeg(250, 120, 20, 25, ycck);

    Picture read = PictureReader.read("cover.jpg", jpeg);

    // Then it is orange, a tenth darker
    assertNear(read.at(32, 32), 225, 108, 18);
  }

  @ParameterizedTest
  @CsvSource({
    // colours of the upright picture: top left, top right, bottom left, bottom right
    "1, RGBY",
    "2, GRYB",
    "3, YBGR",
    "4, BYRG",
    "5, RBGY",
    "6, BRYG",
    "7, YGBR",
    "8, GYRB"
  })
  void picturesAreShownAsTheCameraWasHeld(int orientation, String upright) throws IOException {
    byte[] jpeg =
        PictureFilesOf.orientedJpeg(TestPictures.opaque(fourColours(64, 32)), orientation);

    Picture read = PictureReader.read("photo.jpg", jpeg);

    assertThat(read.width()).isEqualTo(orientation < 5 ? 64 : 32);
    String corners =
        colour(read, 0.25, 0.25)
            + colour(read, 0.75, 0.25)
            + colour(read, 0.25, 0.75)
            + colour(read, 0.75, 0.75);
    assertThat(corners).isEqualTo(upright);
  }

  @Test
  void aPictureOverAHundredMegapixelsIsRefusedByItsHeader() {
    // Given nothing but a header: were it decoded, the message would be another one
    byte[] huge = PictureFilesOf.pngHeader(10_001, 10_000);

    assertThatThrownBy(() -> PictureReader.read("poster.png", huge))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessage("poster.png has 100 megapixels; at most 100 are read");
  }

  @Test
  void aLargePictureIsReadWithFewerPixels() throws IOException {
    // Given 36 megapixels, left half white
    BufferedImage image = new BufferedImage(6000, 6000, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < 6000; y++) {
      int[] white = new int[3000];
      Arrays.fill(white, 1);
      image.getRaster().setSamples(0, y, 3000, 1, 0, white);
    }

    Picture read = PictureReader.read("a", TestPictures.encoded(image, "png"));

    assertThat(read.width()).isEqualTo(3000);
    assertThat(read.at(1499, 1000)).isEqualTo(0xFFFFFFFF);
    assertThat(read.at(1500, 1000)).isEqualTo(0xFF000000);
  }

  @Test
  void damagedFilesAreNamed() {
    byte[] png = TestPictures.png(TestPictures.busy(100, 100, 1));

    assertThatThrownBy(() -> PictureReader.read("cut.png", Arrays.copyOf(png, png.length / 2)))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageStartingWith("cut.png is damaged");
    assertThatThrownBy(() -> PictureReader.read("text.png", new byte[] {104, 101, 108, 108, 111}))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessage("text.png is no picture in a known format");
    assertThatThrownBy(() -> PictureReader.read("empty.png", new byte[0]))
        .isInstanceOf(UnreadablePictureException.class);
  }

  /// Red, green, blue and yellow quarters.
  private static Picture fourColours(int width, int height) {
    int[] colours = {0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFFFFFF00};
    int[] argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      int right = i % width * 2 / width;
      int down = i / width * 2 / height;
      argb[i] = colours[2 * down + right];
    }
    return new Picture(width, height, argb);
  }

  private static String colour(Picture picture, double right, double down) {
    int pixel = picture.at((int) (right * picture.width()), (int) (down * picture.height()));
    boolean red = (pixel >> 16 & 0xFF) > 127;
    boolean green = (pixel >> 8 & 0xFF) > 127;
    return red && green ? "Y" : red ? "R" : green ? "G" : "B";
  }

  private static void assertNear(int pixel, int red, int green, int blue) {
    assertThat(pixel >>> 24).isEqualTo(255);
    assertThat(pixel >> 16 & 0xFF).isBetween(red - 6, red + 6);
    assertThat(pixel >> 8 & 0xFF).isBetween(green - 6, green + 6);
    assertThat(pixel & 0xFF).isBetween(blue - 6, blue + 6);
  }
}
