package dev.stemfleet.worker.clip;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// How a camera held the picture: what must be done to its rows and columns to show it upright. The
/// constants are in the order of the EXIF tag's values 1 to 8 (EXIF 2.32, §4.6.4 A).
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  TURNED_180(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  TURNED_RIGHT(true, true, false),
  TRANSVERSED(true, true, true),
  TURNED_LEFT(true, false, true);

  private final boolean swapsSides;
  private final boolean mirrorsColumns;
  private final boolean mirrorsRows;

  Orientation(boolean swapsSides, boolean mirrorsColumns, boolean mirrorsRows) {
    this.swapsSides = swapsSides;
    this.mirrorsColumns = mirrorsColumns;
    this.mirrorsRows = mirrorsRows;
  }

  /// What the file says; upright where it says nothing.
  static Orientation of(byte[] file) {
    if (file.length < 2 || file[0] != (byte) 0xFF || file[1] != (byte) 0xD8) {
      return UPRIGHT;
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      List<JPEGSegment> exif = JPEGSegmentUtil.readSegments(in, JPEG.APP1, "Exif");
      return exif.isEmpty() ? UPRIGHT : ofExif(exif.getFirst());
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // A picture that can be shown is not refused for a damaged remark beside it.
      return UPRIGHT;
    }
  }

  private static Orientation ofExif(JPEGSegment segment) throws IOException {
    InputStream data = segment.data();
    data.skipNBytes(1); // the second of the two zeros after "Exif"
    try (ImageInputStream tiff = new MemoryCacheImageInputStream(data)) {
      Entry entry = new TIFFReader().read(tiff).getEntryById(TIFF.TAG_ORIENTATION);
      return entry != null && entry.getValue() instanceof Number value
          ? values()[value.intValue() - 1]
          : UPRIGHT;
    }
  }

  boolean swapsSides() {
    return swapsSides;
  }

  /// Where pixel (x, y) of the stored picture goes in the upright one's array.
  int index(int x, int y, int storedWidth, int storedHeight) {
    int width = swapsSides ? storedHeight : storedWidth;
    int height = swapsSides ? storedWidth : storedHeight;
    int column = swapsSides ? y : x;
    int row = swapsSides ? x : y;
    return (mirrorsRows ? height - 1 - row : row) * width
        + (mirrorsColumns ? width - 1 - column : column);
  }
}
