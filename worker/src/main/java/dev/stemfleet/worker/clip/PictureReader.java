package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.failure.Sentence;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Decodes picture files: PNG, JPEG (CMYK and YCCK too), GIF, BMP, WebP; of several pictures in a
/// file the first. Pure functions; any thread.
///
/// Nothing large is allocated before the size in the header is known to be at most
/// [#LARGEST_PIXELS].
final class PictureReader {
  static final long LARGEST_PIXELS = 100_000_000;

  /// Above this every second (third, …) pixel is decoded: still several times what a frame shows.
  private static final long DETAILED_PIXELS = 25_000_000;

  /// Other decoders that may be there (TIFF, WBMP) believe more lengths than these.
  private static final Set<String> FORMATS = Set.of("png", "jpeg", "jpg", "gif", "bmp", "webp");

  private PictureReader() {}

  /// @param name for messages
  /// @throws UnreadablePictureException if it is too large, damaged or no picture at all
  static Picture read(String name, byte[] bytes) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = reader(name, in);
      try {
        reader.setInput(in, true, true);
        return Pixels.of(decode(name, reader), Orientation.of(bytes));
      } finally {
        reader.dispose();
      }
    } catch (UnreadablePictureException e) {
      throw e;
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // Decoders answer damaged bytes with all kinds of exceptions, and believe any length.
      throw new UnreadablePictureException(name + " is damaged" + reason(e), e);
    }
  }

  private static ImageReader reader(String name, ImageInputStream in) throws IOException {
    for (Iterator<ImageReader> readers = ImageIO.getImageReaders(in); readers.hasNext(); ) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw new UnreadablePictureException(name + " is no picture in a known format");
  }

  /// What a decoder of pictures says in words; most of the time it is the index of an array.
  private static String reason(Throwable e) {
    boolean words = e instanceof IIOException && e.getMessage() != null;
    return words ? ": " + Sentence.of(String.valueOf(e.getMessage())) : "";
  }

  private static BufferedImage decode(String name, ImageReader reader) throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (width <= 0 || height <= 0) {
      throw new UnreadablePictureException(name + " has no pixels");
    }
    if (width * height > LARGEST_PIXELS) {
      throw new UnreadablePictureException(
          "%s has %d megapixels; at most %d are read"
              .formatted(name, width * height / 1_000_000, LARGEST_PIXELS / 1_000_000));
    }
    int step = (int) Math.ceil(Math.sqrt((double) width * height / DETAILED_PIXELS));
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceSubsampling(step, step, 0, 0);
    return reader.read(0, param);
  }
}
