package dev.stemfleet.worker.render;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Builds the boxes of an MP4 file in memory (ISO/IEC 14496-12 §4.2): big-endian numbers, each box
/// behind its length and name. One thread.
final class BoxWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// Appends a box whose content `fill` writes.
  BoxWriter box(String name, Consumer<BoxWriter> fill) {
    BoxWriter content = new BoxWriter();
    fill.accept(content);
    byte[] bytes = content.bytes();
    return u32(bytes.length + 8L).text(name).bytes(bytes);
  }

  /// Appends a box that starts with a version and flags.
  BoxWriter fullBox(String name, int version, int flags, Consumer<BoxWriter> fill) {
    return box(name, box -> fill.accept(box.u32((long) version << 24 | flags)));
  }

  BoxWriter u8(int value) {
    out.write(value);
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
    return u16((int) (value >> 16)).u16((int) value);
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

  BoxWriter bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  int size() {
    return out.size();
  }
}
