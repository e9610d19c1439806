package dev.stemfleet.worker.render;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// A file that is written from start to end and digested on the way. One thread; whoever made it
/// closes it. Unless [#finish] was reached the file is removed at close.
final class VideoFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final MessageDigest digest = sha256();
  private long written;
  private boolean finished;

  private VideoFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// @throws JobException `DISK_FULL` or `OUTPUT_UNWRITABLE`
  static VideoFile create(Path path) {
    try {
      return new VideoFile(
          path,
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  void write(byte[] bytes) {
    digest.update(bytes);
    int from = 0;
    while (from < bytes.length) {
      int count = Math.min(bytes.length - from, buffer.remaining());
      buffer.put(bytes, from, count);
      from += count;
      flushIfFull();
    }
  }

  /// Copies a part of another file.
  ///
  /// @throws JobException `SOURCE_UNREACHABLE` if that file ends early or cannot be read
  void copy(FileChannel from, Path name, long position, long count) {
    long at = position;
    long end = position + count;
    while (at < end) {
      int limit = buffer.limit();
      buffer.limit((int) Math.min(limit, buffer.position() + end - at));
      int read = read(from, name, at);
      buffer.limit(limit);
      digest.update(buffer.duplicate().position(buffer.position() - read).limit(buffer.position()));
      at += read;
      flushIfFull();
    }
  }

  private int read(FileChannel from, Path name, long at) {
    try {
      int read = from.read(buffer, at);
      if (read < 0) {
        throw new IOException("it ends early");
      }
      return read;
    } catch (IOException e) {
      throw new JobException(FailureCode.SOURCE_UNREACHABLE, "cannot read " + name, e);
    }
  }

  /// Writes what is left.
  ///
  /// @return the SHA-256 of the whole file
  String finish() {
    flush();
    finished = true;
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Bytes given so far.
  long size() {
    return written + buffer.position();
  }

  private void flushIfFull() {
    if (!buffer.hasRemaining()) {
      flush();
    }
  }

  private void flush() {
    buffer.flip();
    written += buffer.remaining();
    try {
      while (buffer.hasRemaining()) {
        var _ = channel.write(buffer);
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
    buffer.clear();
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (!finished && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  /// Java has no type for a full disk: the system's words decide.
  private static JobException failure(Path path, IOException e) {
    String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    boolean full =
        words.contains("no space left")
            || words.contains("not enough space")
            || words.contains("quota exceeded");
    return full
        ? new JobException(FailureCode.DISK_FULL, "no room on the disk for " + path, e)
        : new JobException(FailureCode.OUTPUT_UNWRITABLE, "cannot write " + path, e);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
