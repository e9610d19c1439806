package dev.stemfleet.worker.clip;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/// Picture files of the kinds that ordinary writers do not make.
public final class PictureFilesOf {
  private PictureFilesOf() {}

  /// A JPEG of one colour as Adobe programs write it for print: inverted cyan, magenta, yellow and
  /// black, or the first three turned into luma and chroma.
  ///
  /// @param ycck whether luma and chroma are stored
  public static byte[] adobeJpeg(int red, int green, int blue, int black, boolean ycck)
      throws IOException {
    // Luma and chroma are made of the inks themselves, only then all is inverted.
    int[] stored = ycck ? ycc(255 - red, 255 - green, 255 - blue) : new int[] {red, green, blue};
    WritableRaster raster = Raster.createInterleavedRaster(0, 64, 64, 4, null);
    for (int i = 0; i < 64 * 64; i++) {
      int[] pixel = {stored[0], stored[1], stored[2], 255 - black};
      raster.setPixel(i % 64, i / 64, pixel);
    }
    byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) (ycck ? 2 : 0)};
    return withSegment(plainJpeg(new IIOImage(raster, null, null)), 0xEE, adobe);
  }

  /// A JPEG whose EXIF says how the camera was held.
  public static byte[] orientedJpeg(BufferedImage image, int orientation) throws IOException {
    byte[] jpeg = plainJpeg(new IIOImage(image, null, null));
    ByteBuffer exif = ByteBuffer.allocate(6 + 26);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
    exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    return withSegment(jpeg, 0xE1, exif.array());
  }

  /// The beginning of a PNG that says it has this many pixels.
  static byte[] pngHeader(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(8 + 25);
    header.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}).putInt(13);
    header.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    header.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(header.array(), 12, 17);
    return header.putInt((int) crc.getValue()).array();
  }

  private static int[] ycc(int red, int green, int blue) {
    return new int[] {
      (int) Math.round(0.299 * red + 0.587 * green + 0.114 * blue),
      (int) Math.round(128 - 0.168736 * red - 0.331264 * green + 0.5 * blue),
      (int) Math.round(128 + 0.5 * red - 0.418688 * green - 0.081312 * blue)
    };
  }

  /// By the JDK's own writer, which leaves the samples as they are.
  private static byte[] plainJpeg(IIOImage image) throws IOException {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
    ImageWriter writer = writers.next();
    while (!writer.getClass().getName().startsWith("com.sun.imageio")) {
      writer = writers.next();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, image, null);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    ByteBuffer all = ByteBuffer.allocate(jpeg.length + 4 + content.length);
    all.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker);
    all.putShort((short) (content.length + 2)).put(content);
    return all.put(jpeg, 2, jpeg.length - 2).array();
  }
}
