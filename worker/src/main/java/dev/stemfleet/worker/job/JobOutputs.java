package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.worker.place.Disk;
import dev.stemfleet.worker.place.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of a job while they lie in its work folder. Thread-safe.
final class JobOutputs {
  private final Path folder;
  private final List<Made> files = new ArrayList<>();

  /// One file.
  private record Made(
      String name,
      @Nullable Stem stem,
      @Nullable Product product,
      long bytes,
      String sha256,
      @Nullable Double seconds) {}

  JobOutputs(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /// Notes a file that was written and whose figures are known.
  synchronized void add(
      String name,
      @Nullable Stem stem,
      Product product,
      long bytes,
      String sha256,
      double seconds) {
    files.add(new Made(name, stem, product, bytes, sha256, seconds));
  }

  /// Writes a small file.
  void write(String name, @Nullable Stem stem, byte[] bytes) {
    try {
      Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw Disk.failure(folder.resolve(name), e);
    }
    synchronized (this) {
      files.add(new Made(name, stem, null, bytes.length, Sha256.of(bytes), null));
    }
  }

  void write(String name, @Nullable Stem stem, String text) {
    write(name, stem, text.getBytes(StandardCharsets.UTF_8));
  }

  /// For the manifest.
  synchronized List<Manifest.Entry> entries() {
    return files.stream()
        .map(file -> new Manifest.Entry(file.name(), file.bytes(), file.sha256()))
        .toList();
  }

  /// For the result, once the folder's place is known.
  synchronized List<OutputFile> placedIn(String directory) {
    return files.stream()
        .map(
            file ->
                new OutputFile(
                    directory + "/" + file.name(),
                    file.stem(),
                    file.product(),
                    file.bytes(),
                    file.sha256(),
                    file.seconds()))
        .toList();
  }
}
