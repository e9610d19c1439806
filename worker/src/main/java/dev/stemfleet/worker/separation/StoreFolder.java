package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The store's folder on disk: entries, the place where new ones are made, and the lock that keeps
/// other processes out. Knows nothing of who uses what.
final class StoreFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel lock;

  private StoreFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  static StoreFolder open(Path path) {
    try {
      Files.createDirectories(path.resolve("entries"));
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new JobException(
            FailureCode.OUTPUT_UNWRITABLE,
            path + ": this stem store belongs to another running worker");
      }
      deleteTree(path.resolve("making"));
      Files.createDirectories(path.resolve("making"));
      return new StoreFolder(path, channel);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  /// Keys of all entries.
  List<String> keys() throws IOException {
    try (Stream<Path> entries = Files.list(path.resolve("entries"))) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    }
  }

  Path entry(String key) {
    return path.resolve("entries").resolve(key);
  }

  /// Makes an entry beside its place and moves it there.
  StoreEntry make(String key, StemStore.Maker maker) throws IOException {
    Path workshop = Files.createTempDirectory(path.resolve("making"), "stems-");
    try {
      StemStore.Made made = maker.make(workshop);
      requireInside(workshop, made);
      StoreManifest manifest = StoreManifest.of(made);
      manifest.write(workshop);
      Path place = entry(key);
      deleteTree(place);
      Files.move(workshop, place, StandardCopyOption.ATOMIC_MOVE);
      return new StoreEntry(key, manifest.stemsIn(place), manifest.facts(), bytes(place));
    } finally {
      deleteTree(workshop);
    }
  }

  /// Reads an entry and looks at the sizes of its files.
  ///
  /// @param digests whether to look at their digests as well
  /// @throws IOException saying what is wrong with it
  StoreEntry read(String key, boolean digests) throws IOException {
    Path place = entry(key);
    StoreManifest manifest = StoreManifest.read(place);
    Map<Stem, EncodedAudio> stems = manifest.stemsIn(place);
    for (EncodedAudio audio : stems.values()) {
      if (Files.size(audio.file()) != audio.bytes()) {
        throw new IOException(audio.file() + ": has another size");
      }
      if (digests && !sha256(audio.file()).equals(audio.sha256())) {
        throw new IOException(audio.file() + ": has another sha256");
      }
    }
    return new StoreEntry(key, stems, manifest.facts(), bytes(place));
  }

  /// When an entry was used last, also by an earlier process.
  Instant usedAt(String key) throws IOException {
    return Files.getLastModifiedTime(entry(key).resolve(StoreManifest.FILE)).toInstant();
  }

  void markUsed(String key, Instant at) throws IOException {
    Files.setLastModifiedTime(entry(key).resolve(StoreManifest.FILE), FileTime.from(at));
  }

  /// Deletes an entry; it leaves its place in one step first.
  void delete(String key) throws IOException {
    Path bin = Files.createTempDirectory(path.resolve("making"), "bin-");
    if (Files.exists(entry(key))) {
      Files.move(entry(key), bin.resolve(key), StandardCopyOption.ATOMIC_MOVE);
    }
    deleteTree(bin);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  static JobException unwritable(Path path, IOException e) {
    String reason =
        e instanceof FileSystemException named && named.getReason() != null
            ? named.getFile() + ": " + named.getReason()
            : path + ": " + e.getMessage();
    boolean full = reason.contains("No space left") || reason.contains("quota exceeded");
    return new JobException(
        full ? FailureCode.DISK_FULL : FailureCode.OUTPUT_UNWRITABLE, "stem store: " + reason, e);
  }

  private static void requireInside(Path workshop, StemStore.Made made) {
    for (EncodedAudio audio : made.stems().values()) {
      if (!workshop.equals(audio.file().getParent())) {
        throw new IllegalStateException(audio.file() + " is not in the folder it was asked for");
      }
    }
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file);
        DigestInputStream digested =
            new DigestInputStream(stream, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
