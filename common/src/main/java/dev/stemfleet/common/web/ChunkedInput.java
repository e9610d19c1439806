package dev.stemfleet.common.web;

import java.io.IOException;
import java.io.InputStream;

/// A body in chunks ([RFC 9112, 7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1)); what
/// follows the last one is not read.
final class ChunkedInput extends InputStream {
  private static final int LONGEST_LINE = 1024;

  private final InputStream input;
  private long left;
  private boolean first = true;
  private boolean ended;

  ChunkedInput(InputStream input) {
    this.input = input;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int read = input.read(bytes, from, (int) Math.min(length, left));
    if (read < 0) {
      throw new IOException("its answer ends early");
    }
    left -= read;
    return read;
  }

  private void nextChunk() throws IOException {
    if (!first && !line().isEmpty()) {
      throw new IOException("its chunks are damaged");
    }
    first = false;
    String size = line().replaceFirst(";.*", "").strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw new IOException("its chunks are damaged");
    }
    left = Long.parseLong(size, 16);
    ended = left == 0;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0 || line.length() >= LONGEST_LINE) {
        throw new IOException("its chunks are damaged");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
