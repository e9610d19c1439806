package dev.stemfleet.worker.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.fixture.TestPictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small files that would become pictures of gigabytes.
final class PictureBombsTest {
  @TempDir private Path folder;

  @Test
  void aPngOf60000By60000IsRefused() {
    byte[] header = PictureFilesOf.pngHeader(60_000, 60_000);

    assertRefused("bomb.png", header, "3600 megapixels");
  }

  @Test
  void aGifOf65535By65535IsRefused() {
    byte[] gif = small("gif");
    ByteBuffer.wrap(gif)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(6, (short) -1)
        .putShort(8, (short) -1);
    int picture = new String(gif, StandardCharsets.ISO_8859_1).indexOf(',', 13 + 3);
    ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN).putInt(picture + 5, -1);

    assertRefused("bomb.gif", gif, "");
  }

  @Test
  void aBmpOf60000By60000IsRefused() {
    byte[] bmp = small("bmp");
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 60_000).putInt(22, 60_000);

    assertRefused("bomb.bmp", bmp, "");
  }

  @Test
  void aJpegOf65500By65500IsRefused() {
    byte[] jpeg = small("jpeg");
    for (int at = 2; at < jpeg.length; at += 2 + ByteBuffer.wrap(jpeg).getShort(at + 2)) {
      if ((jpeg[at + 1] & 0xff) == 0xc0) {
        ByteBuffer.wrap(jpeg).putShort(at + 5, (short) 65_500).putShort(at + 7, (short) 65_500);
        break;
      }
    }

    assertRefused("bomb.jpg", jpeg, "4290 megapixels");
  }

  @Test
  void aRemarkThatUnpacksToGigabytesIsNotUnpacked() throws IOException {
    byte[] png = small("png");
    byte[] zeros = deflated(300 << 20);
    byte[] text = chunk("zTXt", joined("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1), zeros));
    byte[] profile =
        chunk("iCCP", joined("Profile\0\0".getBytes(StandardCharsets.ISO_8859_1), zeros));
    byte[] bomb =
        joined(Arrays.copyOf(png, 33), profile, text, Arrays.copyOfRange(png, 33, png.length));

    assertThat(PictureReader.read("remarks.png", bomb).width()).isEqualTo(16);
  }

  @Test
  void aFormatThatIsNotReadIsRefusedByItsName() {
    assertRefused("a.tiff", small("tiff"), "no picture in a known format");
  }

  private void assertRefused(String name, byte[] bytes, String why) {
    AssetRef ref = TestPictures.stored(folder, name, bytes);
    ClipLoader loader = new ClipLoader(asset -> folder.resolve(asset.name()));

    assertThatThrownBy(() -> loader.icon(ref, 64, 64))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.ASSET_UNREADABLE))
        .hasMessageContainingAll(name, why);
  }

  private static byte[] small(String format) {
    return TestPictures.encoded(TestPictures.opaque(TestPictures.busy(16, 16, 1)), format);
  }

  private static byte[] deflated(int zeros) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < zeros; i += block.length) {
        out.write(block);
      }
    }
    return packed.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] typed = joined(type.getBytes(StandardCharsets.US_ASCII), content);
    CRC32 crc = new CRC32();
    crc.update(typed);
    return ByteBuffer.allocate(typed.length + 8)
        .putInt(content.length)
        .put(typed)
        .putInt((int) crc.getValue())
        .array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
