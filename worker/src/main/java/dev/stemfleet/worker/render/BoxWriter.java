package dev.stemfleet.worker.render;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// Builds the boxes of an MP4 file in memory (ISO/IEC 14496-12 §4.2): big-endian numbers, each box
/// behind its length and name. What fills a box gets this very writer. One thread.
final class BoxWriter {
  private static final int FIRST_BYTES = 64;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;

  /// Appends a box whose content `fill` writes.
  BoxWriter box(String name, Consumer<BoxWriter> fill) {
    int start = size;
    u32(0).text(name);
    fill.accept(this);
    putInt(start, size - start);
    return this;
  }

  /// Appends a box that starts with a version and flags.
  BoxWriter fullBox(String name, int version, int flags, Consumer<BoxWriter> fill) {
    return box(name, box -> fill.accept(box.u32((long) version << 24 | flags)));
  }

  BoxWriter u8(int value) {
    int at = grow(Byte.BYTES);
    bytes[at] = (byte) value;
    return this;
  }

  BoxWriter u16(int value) {
    return u8(value >> 8).u8(value);
  }

  /// @throws ArithmeticException if the value needs more than 32 bits
  BoxWriter u32(long value) {
    if (value < 0 || value > 0xFFFFFFFFL) {
      throw new ArithmeticException(value + " does not fit into a field of the MP4 file");
    }
    putInt(grow(Integer.BYTES), (int) value);
    return this;
  }

  BoxWriter u64(long value) {
    return u32(value >>> 32).u32(value & 0xFFFFFFFFL);
  }

  BoxWriter zeros(int count) {
    return bytes(new byte[count]);
  }

  BoxWriter text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  BoxWriter bytes(byte[] more) {
    int at = grow(more.length);
    System.arraycopy(more, 0, bytes, at, more.length);
    return this;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  int size() {
    return size;
  }

  /// Makes room behind the end and returns where that is.
  private int grow(int count) {
    int at = size;
    size = Math.addExact(size, count);
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size, (int) Math.min(2L * at, Integer.MAX_VALUE - 8)));
    }
    return at;
  }

  private void putInt(int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }
}
