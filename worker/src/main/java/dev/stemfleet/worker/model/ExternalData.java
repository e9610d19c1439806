package dev.stemfleet.worker.model;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/// Finds the files beside a network that it reads its weights from. Walks the file's messages and
/// skips what they hold, so that a file of gigabytes takes as long as a small one. Used once.
///
/// Format: protobuf.dev/programming-guides/encoding; field numbers: onnx/onnx `onnx/onnx.proto3`.
final class ExternalData {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  /// More than any key or file name.
  private static final int LONGEST_TEXT = 4096;

  private final InputStream stream;
  private final Set<String> locations = new LinkedHashSet<>();
  private long at;
  private String key = "";

  private ExternalData(InputStream stream) {
    this.stream = stream;
  }

  /// Messages on the way to the names.
  private enum Message {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    ENTRY;

    /// What a field of this message holds, or itself if it holds nothing of interest.
    Message child(int field) {
      return switch (this) {
        case MODEL -> field == 7 ? GRAPH : this;
        case GRAPH -> field == 1 ? NODE : field == 5 ? TENSOR : this;
        case NODE -> field == 5 ? ATTRIBUTE : this;
        case ATTRIBUTE -> field == 5 ? TENSOR : field == 6 ? GRAPH : this;
        case TENSOR -> field == 13 ? ENTRY : this;
        case ENTRY -> this;
      };
    }
  }

  /// Paths as they are written in the file, relative to its folder. Of a file that is no network,
  /// whatever was found.
  ///
  /// @param stream read to its end, not closed
  static Set<String> locations(InputStream stream) throws IOException {
    ExternalData data = new ExternalData(new BufferedInputStream(stream, 1 << 16));
    try {
      data.walk(Message.MODEL, Long.MAX_VALUE);
    } catch (EOFException | ArithmeticException e) {
      // Whoever opens it as a network says what is wrong with it.
    }
    return data.locations;
  }

  private void walk(Message message, long end) throws IOException {
    while (at < end) {
      long tag = varint();
      int field = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case VARINT -> varint();
        case FIXED_64 -> skip(Long.BYTES);
        case FIXED_32 -> skip(Integer.BYTES);
        case LENGTH_DELIMITED -> content(message, field, varint());
        default -> throw new EOFException("no such type of field");
      }
    }
  }

  private void content(Message message, int field, long length) throws IOException {
    Message child = message.child(field);
    if (child != message) {
      walk(child, Math.addExact(at, length));
    } else if (message == Message.ENTRY && length <= LONGEST_TEXT) {
      entry(field, text((int) length));
    } else {
      skip(length);
    }
  }

  /// The key of an entry comes before its value.
  private void entry(int field, String text) {
    if (field == 1) {
      key = text;
    } else if (field == 2 && key.equals("location")) {
      locations.add(text);
    }
  }

  private String text(int length) throws IOException {
    byte[] bytes = stream.readNBytes(length);
    at += bytes.length;
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void skip(long length) throws IOException {
    if (length < 0) {
      throw new EOFException("a negative length");
    }
    stream.skipNBytes(length);
    at += length;
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = stream.read();
      if (next < 0) {
        throw new EOFException("the file ends within a field");
      }
      at++;
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new EOFException("a number without end");
  }
}
