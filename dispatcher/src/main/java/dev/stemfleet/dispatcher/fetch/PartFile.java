package dev.stemfleet.dispatcher.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file that is not whole yet: `NAME.part`, and beside it `NAME.part.from`, which says what it is
/// a part of. Locked against other processes; used by one thread at a time. The caller closes it,
/// which keeps both files for the next try.
final class PartFile implements AutoCloseable {
  private final Path target;
  private final Path part;
  private final Path from;
  private final FileChannel channel;

  private PartFile(Path target, Path part, Path from, FileChannel channel) {
    this.target = target;
    this.part = part;
    this.from = from;
    this.channel = channel;
  }

  /// What a part belongs to.
  ///
  /// @param address it was fetched from
  /// @param validator the server's mark for these bytes, empty if it gave none
  /// @param bytes of the whole file, -1 if the server did not say
  record Origin(String address, String validator, long bytes) {}

  /// @throws FetchException if another process is fetching the same file
  static PartFile open(Path target) throws IOException {
    Path part = beside(target, ".part");
    FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new OverlappingFileLockException();
      }
      return new PartFile(target, part, beside(target, ".part.from"), channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new FetchException(part + ": is being fetched by another process");
    }
  }

  /// Removes what an earlier try for `target` left.
  static void discard(Path target) throws IOException {
    Files.deleteIfExists(beside(target, ".part"));
    Files.deleteIfExists(beside(target, ".part.from"));
  }

  Path file() {
    return part;
  }

  long bytes() throws IOException {
    return channel.size();
  }

  /// What is there, if it is known what it belongs to.
  @Nullable Origin origin() throws IOException {
    if (bytes() == 0 || !Files.isRegularFile(from)) {
      return null;
    }
    List<String> lines = Files.readAllLines(from);
    boolean whole = lines.size() == 3 && lines.get(2).matches("-?\\d{1,18}");
    return whole ? new Origin(lines.get(0), lines.get(1), Long.parseLong(lines.get(2))) : null;
  }

  /// Begins anew with the file of `origin`.
  void restart(Origin origin) throws IOException {
    channel.truncate(0);
    Files.write(from, List.of(origin.address(), origin.validator(), Long.toString(origin.bytes())));
  }

  /// Forgets what is there.
  void clear() throws IOException {
    channel.truncate(0);
    Files.deleteIfExists(from);
  }

  void append(ByteBuffer bytes) throws IOException {
    channel.position(channel.size());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Gives the whole file its own name.
  void finish() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(from);
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      boolean empty = bytes() == 0;
      channel.close();
      if (empty) {
        discard(target);
      }
    }
  }

  private static Path beside(Path target, String ending) {
    return target.resolveSibling(target.getFileName() + ending);
  }
}
