package dev.stemfleet.dispatcher.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which files of a watched folder were dealt with, in a file of one JSON line each that is only
/// added to. What is added is on the disk before [#add] returns; a line that a crash cut short is
/// passed over, and its file submitted once more, which makes nothing anew. Locked for one process;
/// for one thread.
public final class SubmittedFiles implements AutoCloseable {
  private static final JsonMapper LINES = Json.strict();
  private static final int NAME_DIGITS = 16;

  private final FileChannel file;
  private final Map<String, FileStamp> stamps = new HashMap<>();

  private SubmittedFiles(FileChannel file) {
    this.file = file;
  }

  private record Line(String path, long bytes, long modified) {}

  /// The file that tells of a watched folder.
  ///
  /// @param all where those of all folders lie
  /// @param job the job that its tracks are submitted as, null for one of each day: one folder can
  ///   be watched for several
  public static Path of(Path all, Path folder, @Nullable String job) throws IOException {
    String watched = folder.toRealPath() + "\n" + (job == null ? "" : job);
    return all.resolve(Sha256.of(watched).substring(0, NAME_DIGITS) + ".jsonl");
  }

  /// @param file made where it is missing
  /// @throws RequestException if another process has it
  public static SubmittedFiles open(Path file) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (lock(channel) == null) {
        throw new RequestException(
            "--watch: another stemfleet watches this folder for the same job (" + file + ")");
      }
      SubmittedFiles files = new SubmittedFiles(channel);
      files.read();
      return files;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void read() throws IOException {
    byte[] bytes = Channels.newInputStream(file).readAllBytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      read(line)
          .ifPresent(
              whole -> stamps.put(whole.path(), new FileStamp(whole.bytes(), whole.modified())));
    }
    if (!text.isEmpty() && !text.endsWith("\n")) {
      write("\n");
    }
  }

  private static Optional<Line> read(String line) {
    try {
      return Optional.ofNullable(LINES.readValue(line, Line.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /// @param path below the watched folder
  boolean contains(Path path, FileStamp stamp) {
    return stamp.equals(stamps.get(path.toString()));
  }

  void add(Map<Path, FileStamp> files) {
    StringBuilder lines = new StringBuilder();
    try {
      for (Map.Entry<Path, FileStamp> one : files.entrySet()) {
        FileStamp stamp = one.getValue();
        Line line = new Line(one.getKey().toString(), stamp.bytes(), stamp.modified());
        lines.append(LINES.writeValueAsString(line)).append('\n');
      }
      write(lines.toString());
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.forEach((path, stamp) -> stamps.put(path.toString(), stamp));
  }

  private void write(String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    file.position(file.size());
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /// Gives up the lock; nothing more can be added.
  @Override
  public void close() throws IOException {
    file.close();
  }
}
