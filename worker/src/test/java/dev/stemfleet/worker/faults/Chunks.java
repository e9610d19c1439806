package dev.stemfleet.worker.faults;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Where the parts of a file lie that say how long they are, so that lies can be put there. Knows
/// as much of each form as that takes, and gives up where the file makes no sense any more.
final class Chunks {
  private static final int DEEPEST = 8;

  private final ByteBuffer bytes;
  private final List<Chunk> found = new ArrayList<>();

  private Chunks(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /// One part.
  ///
  /// @param at where it begins, its head included
  /// @param end where it ends by its own word
  /// @param lengthAt where its length stands
  /// @param lengthBytes of that length
  record Chunk(int at, int end, int lengthAt, int lengthBytes, ByteOrder order) {}

  /// All parts of a file, those in others included; none of a form that is not known here.
  static List<Chunk> of(byte[] file) {
    Chunks chunks = new Chunks(file);
    try {
      chunks.look();
    } catch (IndexOutOfBoundsException e) {
      // As far as it made sense.
    }
    return chunks.found;
  }

  private void look() {
    String head = text(0, 4);
    if (head.equals("RIFF")) {
      riff(0, bytes.capacity());
    } else if (head.startsWith("\u0089PNG")) {
      png();
    } else if (head.equals("fLaC")) {
      flac();
    } else if (head.equals("OggS")) {
      ogg();
    } else if (head.startsWith("ID3")) {
      add(0, 10 + bytes.getInt(6), 6, 4, ByteOrder.BIG_ENDIAN);
      id3Frames();
    } else if (head.startsWith("\u00ff\u00d8")) {
      jpeg();
    } else if (text(4, 4).equals("ftyp")) {
      boxes(0, bytes.capacity(), 0);
    }
  }

  private void riff(int from, int end) {
    for (int at = from; at + 8 <= end; ) {
      long length = bytes.order(ByteOrder.LITTLE_ENDIAN).getInt(at + 4) & 0xffffffffL;
      int next = (int) Math.min(end, at + 8 + length + (length & 1));
      add(at, next, at + 4, 4, ByteOrder.LITTLE_ENDIAN);
      if (text(at, 4).equals("RIFF") || text(at, 4).equals("LIST")) {
        riff(at + 12, next);
      }
      at = next;
    }
  }

  private void png() {
    for (int at = 8; at + 12 <= bytes.capacity(); ) {
      int next = at + 12 + bytes.order(ByteOrder.BIG_ENDIAN).getInt(at);
      add(at, next, at, 4, ByteOrder.BIG_ENDIAN);
      at = next;
    }
  }

  private void flac() {
    for (int at = 4; at + 4 <= bytes.capacity(); ) {
      int head = bytes.order(ByteOrder.BIG_ENDIAN).getInt(at);
      int next = at + 4 + (head & 0xffffff);
      add(at, next, at + 1, 3, ByteOrder.BIG_ENDIAN);
      if (head < 0) {
        return;
      }
      at = next;
    }
  }

  private void ogg() {
    for (int at = 0; at + 27 <= bytes.capacity(); ) {
      int segments = bytes.get(at + 26) & 0xff;
      int next = at + 27 + segments;
      for (int i = 0; i < segments; i++) {
        next += bytes.get(at + 27 + i) & 0xff;
      }
      add(at, next, at + 26, 1, ByteOrder.BIG_ENDIAN);
      at = next;
    }
  }

  private void id3Frames() {
    for (int at = 10; at + 10 <= bytes.capacity() && bytes.get(at) >= 'A'; ) {
      int next = at + 10 + bytes.order(ByteOrder.BIG_ENDIAN).getInt(at + 4);
      add(at, next, at + 4, 4, ByteOrder.BIG_ENDIAN);
      at = next;
    }
  }

  private void jpeg() {
    for (int at = 2; at + 4 <= bytes.capacity() && bytes.get(at) == (byte) 0xff; ) {
      int next = at + 2 + (bytes.order(ByteOrder.BIG_ENDIAN).getShort(at + 2) & 0xffff);
      add(at, next, at + 2, 2, ByteOrder.BIG_ENDIAN);
      at = next;
    }
  }

  private void boxes(int from, int end, int depth) {
    for (int at = from; at + 8 <= end; ) {
      int next = at + bytes.order(ByteOrder.BIG_ENDIAN).getInt(at);
      add(at, next, at, 4, ByteOrder.BIG_ENDIAN);
      if (depth < DEEPEST
          && List.of("moov", "trak", "mdia", "minf", "stbl", "udta", "edts", "dinf")
              .contains(text(at + 4, 4))) {
        boxes(at + 8, next, depth + 1);
      }
      at = next;
    }
  }

  private void add(int at, int end, int lengthAt, int lengthBytes, ByteOrder order) {
    if (end <= at || end > bytes.capacity()) {
      throw new IndexOutOfBoundsException(end);
    }
    found.add(new Chunk(at, end, lengthAt, lengthBytes, order));
  }

  private String text(int at, int length) {
    byte[] text = new byte[length];
    bytes.get(at, text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
