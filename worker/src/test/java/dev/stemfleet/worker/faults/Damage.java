package dev.stemfleet.worker.faults;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/// Makes a hostile file of a sound one: what bit rot, torn downloads and people with a hex editor
/// do. The same random numbers make the same file.
final class Damage {
  private static final int MOST_BYTES = 4 << 20;
  private static final int HEAD = 256;
  private static final long[] LIES = {
    0,
    1,
    2,
    7,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0x8000,
    0xffff,
    60_000,
    0x7f_ffff,
    0xff_ffff,
    0x7fff_fff0L,
    0x7fff_ffffL,
    0x8000_0000L,
    0xffff_fffeL,
    0xffff_ffffL,
    1_000_000_000L
  };

  private final SplittableRandom random;

  Damage(SplittableRandom random) {
    this.random = random;
  }

  byte[] of(byte[] whole, byte[] other) {
    byte[] bytes = whole.clone();
    int wounds = 1 + random.nextInt(4);
    for (int i = 0; i < wounds && bytes.length > 0; i++) {
      bytes = once(bytes, other);
    }
    byte[] cut = bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
    return random.nextInt(5) > 0 ? withTrueChecksums(cut) : cut;
  }

  private byte[] once(byte[] bytes, byte[] other) {
    return switch (random.nextInt(12)) {
      case 0 -> flipped(bytes, bytes.length);
      case 1, 2 -> flipped(bytes, Math.min(HEAD, bytes.length));
      case 3 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 4, 5 -> lied(bytes, Math.min(HEAD, bytes.length));
      case 6 -> lied(bytes, bytes.length);
      case 7, 8 -> chunkLied(bytes);
      case 9 -> rearranged(bytes);
      case 10 -> nested(bytes);
      default -> spliced(bytes, other);
    };
  }

  private byte[] flipped(byte[] bytes, int below) {
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      bytes[random.nextInt(below)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] lied(byte[] bytes, int below) {
    int width = 1 << random.nextInt(4);
    int at = random.nextInt(below);
    return put(bytes, at, width, order(), lie());
  }

  private byte[] chunkLied(byte[] bytes) {
    List<Chunks.Chunk> chunks = Chunks.of(bytes);
    if (chunks.isEmpty()) {
      return lied(bytes, bytes.length);
    }
    Chunks.Chunk chunk = chunks.get(random.nextInt(chunks.size()));
    if (random.nextBoolean()) {
      return put(bytes, chunk.lengthAt(), chunk.lengthBytes(), chunk.order(), lie());
    }
    // Of its contents: dimensions, rates, counts and offsets stand near the beginning.
    int at = chunk.at() + random.nextInt(Math.min(40, chunk.end() - chunk.at()));
    return put(bytes, at, 1 << random.nextInt(4), chunk.order(), lie());
  }

  private byte[] rearranged(byte[] bytes) {
    List<Chunks.Chunk> chunks = Chunks.of(bytes);
    if (chunks.isEmpty()) {
      return spliced(bytes, bytes);
    }
    Chunks.Chunk chunk = chunks.get(random.nextInt(chunks.size()));
    byte[] own = Arrays.copyOfRange(bytes, chunk.at(), chunk.end());
    int at = random.nextBoolean() ? chunk.end() : chunks.get(random.nextInt(chunks.size())).at();
    return switch (random.nextInt(3)) {
      case 0 -> joined(Arrays.copyOf(bytes, chunk.at()), rest(bytes, chunk.end()));
      case 1 -> joined(Arrays.copyOf(bytes, at), own, rest(bytes, at));
      default -> joined(Arrays.copyOf(bytes, at), times(own, 50), rest(bytes, at));
    };
  }

  /// A part that holds itself, many times.
  private byte[] nested(byte[] bytes) {
    List<Chunks.Chunk> chunks = Chunks.of(bytes);
    if (chunks.isEmpty()) {
      return flipped(bytes, bytes.length);
    }
    Chunks.Chunk chunk = chunks.get(random.nextInt(chunks.size()));
    byte[] head = Arrays.copyOfRange(bytes, chunk.at(), Math.min(chunk.end(), chunk.at() + 8));
    return joined(Arrays.copyOf(bytes, chunk.at()), times(head, 2000), rest(bytes, chunk.at()));
  }

  private byte[] spliced(byte[] bytes, byte[] other) {
    int from = random.nextInt(bytes.length);
    int length = Math.min(random.nextInt(1, 2000), other.length);
    int at = random.nextInt(other.length - length + 1);
    return joined(
        Arrays.copyOf(bytes, from),
        Arrays.copyOfRange(other, at, at + length),
        rest(bytes, random.nextBoolean() ? from : Math.min(bytes.length, from + length)));
  }

  private long lie() {
    return LIES[random.nextInt(LIES.length)];
  }

  private ByteOrder order() {
    return random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private static byte[] put(byte[] bytes, int at, int width, ByteOrder order, long value) {
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      int shift = 8 * (order == ByteOrder.BIG_ENDIAN ? width - 1 - i : i);
      bytes[at + i] = (byte) (value >>> shift);
    }
    return bytes;
  }

  /// Decoders that look at checksums would else see nothing of the lies.
  private static byte[] withTrueChecksums(byte[] bytes) {
    if (bytes.length > 8 && bytes[1] == 'P' && bytes[2] == 'N') {
      for (Chunks.Chunk chunk : Chunks.of(bytes)) {
        CRC32 crc = new CRC32();
        crc.update(bytes, chunk.at() + 4, chunk.end() - chunk.at() - 8);
        ByteBuffer.wrap(bytes).putInt(chunk.end() - 4, (int) crc.getValue());
      }
    } else if (bytes.length > 27 && bytes[0] == 'O' && bytes[1] == 'g') {
      for (Chunks.Chunk page : Chunks.of(bytes)) {
        put(bytes, page.at() + 22, 4, ByteOrder.LITTLE_ENDIAN, 0);
        put(bytes, page.at() + 22, 4, ByteOrder.LITTLE_ENDIAN, oggChecksum(bytes, page));
      }
    }
    return bytes;
  }

  /// [RFC 3533, 6](https://www.rfc-editor.org/rfc/rfc3533#section-6): polynomial 0x04c11db7, not
  /// reflected, from 0.
  private static long oggChecksum(byte[] bytes, Chunks.Chunk page) {
    int sum = 0;
    for (int at = page.at(); at < page.end(); at++) {
      sum ^= bytes[at] << 24;
      for (int bit = 0; bit < 8; bit++) {
        sum = (sum << 1) ^ (sum < 0 ? 0x04c11db7 : 0);
      }
    }
    return sum;
  }

  private static byte[] rest(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] times(byte[] bytes, int count) {
    byte[] all = new byte[Math.min(bytes.length * count, MOST_BYTES / 2)];
    for (int at = 0; at < all.length; at++) {
      all[at] = bytes[at % bytes.length];
    }
    return all;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
