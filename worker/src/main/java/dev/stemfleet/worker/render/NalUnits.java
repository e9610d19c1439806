package dev.stemfleet.worker.render;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes H.264 streams apart and puts them together as MP4 wants them (ITU-T H.264 annex B; ISO/IEC
/// 14496-15 §5.3). Pure functions.
final class NalUnits {
  static final int TYPE_SLICE = 1;
  static final int TYPE_IDR_SLICE = 5;
  private static final int TYPE_SEQUENCE_PARAMETERS = 7;
  private static final int TYPE_PICTURE_PARAMETERS = 8;
  private static final int PROFILE_HIGH = 100;

  private NalUnits() {}

  /// The units of a stream with start codes, without these.
  static List<byte[]> split(byte[] annexB) {
    List<byte[]> units = new ArrayList<>();
    int start = nextStartCode(annexB, 0);
    while (start < annexB.length) {
      int from = start + 3;
      int next = nextStartCode(annexB, from);
      int to = next;
      while (to > from && annexB[to - 1] == 0) {
        to--; // zeros before a start code belong to it
      }
      if (to > from) {
        units.add(Arrays.copyOfRange(annexB, from, to));
      }
      start = next;
    }
    return units;
  }

  static int type(byte[] unit) {
    return unit[0] & 0x1F;
  }

  /// The slices of a coded picture, each behind its length; parameter sets, delimiters and remarks
  /// are left out.
  static byte[] sample(byte[] annexB) {
    ByteArrayOutputStream sample = new ByteArrayOutputStream(annexB.length + 16);
    for (byte[] unit : split(annexB)) {
      if (type(unit) == TYPE_SLICE || type(unit) == TYPE_IDR_SLICE) {
        sample.writeBytes(ByteBuffer.allocate(4).putInt(unit.length).array());
        sample.writeBytes(unit);
      }
    }
    return sample.toByteArray();
  }

  /// The units of an MP4 sample, without their lengths.
  static List<byte[]> unitsOf(byte[] sample) {
    List<byte[]> units = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(sample);
    while (rest.hasRemaining()) {
      byte[] unit = new byte[rest.getInt()];
      rest.get(unit);
      units.add(unit);
    }
    return units;
  }

  static boolean startsIdr(byte[] sample) {
    return sample.length > 4 && (sample[4] & 0x1F) == TYPE_IDR_SLICE;
  }

  /// The AVCDecoderConfigurationRecord of a stream's parameter sets.
  static byte[] decoderConfiguration(byte[] annexB) {
    byte[] sequence = only(annexB, TYPE_SEQUENCE_PARAMETERS);
    byte[] picture = only(annexB, TYPE_PICTURE_PARAMETERS);
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.write(1);
    record.write(sequence, 1, 3); // profile, constraints, level
    record.write(0xFC | 3); // lengths of four bytes
    record.write(0xE0 | 1);
    writeShort(record, sequence);
    record.write(1);
    writeShort(record, picture);
    if ((sequence[1] & 0xFF) >= PROFILE_HIGH) {
      record.writeBytes(
          new byte[] {(byte) (0xFC | 1), (byte) 0xF8, (byte) 0xF8, 0}); // 4:2:0, 8 bits
    }
    return record.toByteArray();
  }

  private static byte[] only(byte[] annexB, int type) {
    List<byte[]> found = split(annexB).stream().filter(unit -> type(unit) == type).toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "the encoder's header has " + found.size() + " parameter sets of type " + type);
    }
    return found.getFirst();
  }

  private static void writeShort(ByteArrayOutputStream out, byte[] unit) {
    out.write(unit.length >> 8);
    out.write(unit.length);
    out.writeBytes(unit);
  }

  private static int nextStartCode(byte[] bytes, int from) {
    for (int i = from; i + 2 < bytes.length; i++) {
      if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
        return i;
      }
    }
    return bytes.length;
  }
}
