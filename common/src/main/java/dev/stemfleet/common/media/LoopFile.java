package dev.stemfleet.common.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/// A short video that a channel shows again and again behind its pictures: MP4, MOV, WebM, Matroska
/// or an animated GIF. Pure functions of files; any thread.
public final class LoopFile {
  /// The longest loop, in seconds.
  public static final int LONGEST_SECONDS = 20;

  static final long LARGEST_PIXELS = 4096L * 2304;

  private static final int HEAD_BYTES = 12;
  private static final int MATROSKA = 0x1A45DFA3;

  /// QuickTime files may begin with any of these.
  private static final Set<String> MOVIE_BOXES = Set.of("ftyp", "moov", "mdat", "wide", "free");

  /// Pictures in the container of MP4.
  private static final Set<String> PICTURE_BRANDS =
      Set.of("avif", "heic", "heix", "heim", "heis", "mif1", "jxl ");

  private LoopFile() {}

  /// Whether a file is a video by its first bytes, not by its name; a picture of several frames
  /// counts as one.
  public static boolean isLoop(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    if (head.length < HEAD_BYTES) {
      return false;
    }
    if (java.nio.ByteBuffer.wrap(head).getInt() == MATROSKA) {
      return true;
    }
    if (text(head, 0).equals("GIF8")) {
      return isAnimated(file);
    }
    return MOVIE_BOXES.contains(text(head, 4)) && !PICTURE_BRANDS.contains(text(head, 8));
  }

  private static String text(byte[] head, int from) {
    return new String(head, from, 4, StandardCharsets.ISO_8859_1);
  }

  private static boolean isAnimated(Path gif) {
    try (ImageInputStream in = ImageIO.createImageInputStream(gif.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("gif");
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return reader.getNumImages(true) > 1;
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      return false; // whoever reads it as a picture says what is wrong
    }
  }

  /// Decodes a loop from start to end.
  ///
  /// @param name for messages
  /// @throws dev.stemfleet.common.failure.JobException `ASSET_UNREADABLE` if it cannot be a
  ///   background
  public static void check(Path file, String name) {
    Ffmpeg.ready();
    AVFrame frame = avutil.av_frame_alloc();
    try (LoopInput input = new LoopInput(file, name)) {
      boolean any = false;
      while (input.next(frame)) {
        any = true;
        avutil.av_frame_unref(frame);
      }
      if (!any) {
        throw LoopFailure.unreadable(name, "there is no picture in it");
      }
    } finally {
      avutil.av_frame_free(frame);
    }
  }
}
