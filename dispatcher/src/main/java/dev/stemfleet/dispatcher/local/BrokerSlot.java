package dev.stemfleet.dispatcher.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The right to start a broker in one of the folders kept for local brokers; held until closed or
/// until this process ends.
///
/// Two local fleets at once never share a broker, because each has its own worker with its own
/// roots and output folder: the second takes the next folder.
public final class BrokerSlot implements AutoCloseable {
  private final Path folder;
  private final FileChannel channel;

  private BrokerSlot(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// Takes the first folder that nobody uses.
  ///
  /// @throws IOException if the state folder cannot be written, or all are in use
  public static BrokerSlot take(StateFolder state) throws IOException {
    for (int number = 1; number <= StateFolder.SLOTS; number++) {
      BrokerSlot slot = tryTake(state.slot(number));
      if (slot != null) {
        return slot;
      }
    }
    throw new IOException(
        state.folder() + ": all " + StateFolder.SLOTS + " local brokers are in use");
  }

  /// The address of a local broker that is running now, the first if there are several.
  public static Optional<String> running(StateFolder state) throws IOException {
    for (int number = 1; number <= StateFolder.SLOTS; number++) {
      Optional<String> address = LocalBroker.runningIn(state.slot(number));
      if (address.isPresent()) {
        return address;
      }
    }
    return Optional.empty();
  }

  /// The broker's folder, which is there.
  public Path folder() {
    return folder;
  }

  /// Whether the last run in this folder did not come to its end, so that jobs may be left.
  boolean interrupted() {
    return Files.exists(marker());
  }

  /// A run begins.
  void begin() throws IOException {
    Files.write(marker(), new byte[0]);
  }

  /// The run came to its end.
  void end() {
    try {
      Files.deleteIfExists(marker());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + marker(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot free " + folder, e);
    }
  }

  private Path marker() {
    return folder.resolve("unfinished");
  }

  private static @Nullable BrokerSlot tryTake(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("slot.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      // A broker may outlive the one who started it by a moment.
      if (locked(channel) && LocalBroker.runningIn(folder).isEmpty()) {
        return new BrokerSlot(folder, channel);
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return null;
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
