package dev.stemfleet.common.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/// What a server sends, for a limited time: a server that sends a byte now and then does not keep
/// anybody for ever.
final class TimedInput extends FilterInputStream {
  private final Socket socket;
  private final Duration silence;
  private final long deadlineNanos;

  TimedInput(Socket socket, Duration silence, long deadlineNanos) throws IOException {
    super(socket.getInputStream());
    this.socket = socket;
    this.silence = silence;
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public int read() throws IOException {
    limit();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    limit();
    return super.read(bytes, from, length);
  }

  private void limit() throws IOException {
    long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new IOException("it takes too long");
    }
    socket.setSoTimeout((int) Math.min(left, silence.toMillis()));
  }
}
