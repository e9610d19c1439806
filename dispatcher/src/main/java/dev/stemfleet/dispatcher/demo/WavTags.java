package dev.stemfleet.dispatcher.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What a WAV file says of itself: a `LIST` chunk of form `INFO` with a name and an artist (RIFF,
/// Microsoft and IBM, 1991).
final class WavTags {
  private static final int HEAD_BYTES = 8;

  private WavTags() {}

  /// The chunk, to be put behind the sound.
  static byte[] chunk(String title, String artist) {
    byte[] name = text("INAM", title);
    byte[] by = text("IART", artist);
    byte[] form = ascii("INFO");
    return ByteBuffer.allocate(HEAD_BYTES + form.length + name.length + by.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ascii("LIST"))
        .putInt(form.length + name.length + by.length)
        .put(form)
        .put(name)
        .put(by)
        .array();
  }

  /// Ends with a zero and has an even length.
  private static byte[] text(String id, String text) {
    byte[] bytes = ascii(text);
    int length = bytes.length + 1;
    return ByteBuffer.allocate(HEAD_BYTES + length + length % 2)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ascii(id))
        .putInt(length)
        .put(bytes)
        .array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
