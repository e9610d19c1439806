package dev.stemfleet.common.web;

import java.io.IOException;
import java.io.InputStream;

/// A body of a known length, or of what comes until the connection ends.
final class WholeInput extends InputStream {
  private final InputStream input;
  private long left;

  /// @param length −1 when it is not known
  WholeInput(InputStream input, long length) {
    this.input = input;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int wanted = left < 0 ? length : (int) Math.min(length, left);
    int read = input.read(bytes, from, wanted);
    if (read < 0 && left > 0) {
      throw new IOException("its answer ends early");
    }
    left = left < 0 ? left : left - Math.max(read, 0);
    return read;
  }
}
