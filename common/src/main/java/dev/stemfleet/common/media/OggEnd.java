package dev.stemfleet.common.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Whether an Ogg file has its end (RFC 3533): it declares no length, so that a file that was cut
/// between two pages looks whole but for the mark that its last page must bear.
final class OggEnd {
  private static final int LONGEST_PAGE = 65_307;
  private static final int HEADER_BYTES = 27;
  private static final int FLAGS_AT = 5;
  private static final int SEGMENTS_AT = 26;
  private static final int END_OF_STREAM = 4;

  private OggEnd() {}

  /// Whether the last page is incomplete or is not marked as the last.
  static boolean missing(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer tail = ByteBuffer.allocate((int) Math.min(channel.size(), LONGEST_PAGE));
      long from = channel.size() - tail.capacity();
      while (tail.hasRemaining() && channel.read(tail, from + tail.position()) >= 0) {
        // A read may give less than was asked for.
      }
      byte[] bytes = tail.array();
      int page = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("OggS");
      return page < 0 || !complete(bytes, page) || (bytes[page + FLAGS_AT] & END_OF_STREAM) == 0;
    }
  }

  private static boolean complete(byte[] bytes, int page) {
    if (page + HEADER_BYTES > bytes.length) {
      return false;
    }
    int segments = bytes[page + SEGMENTS_AT] & 0xff;
    int length = HEADER_BYTES + segments;
    for (int i = 0; i < segments && page + HEADER_BYTES + i < bytes.length; i++) {
      length += bytes[page + HEADER_BYTES + i] & 0xff;
    }
    return page + length <= bytes.length;
  }
}
