package dev.stemfleet.worker.source;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds pictures by digest: in this worker's asset folders under their name, else among those that
/// submitters put beside the outputs. Bytes with another digest are never used. Thread-safe.
public final class Assets {
  private final List<Path> folders;
  private final Path shared;
  private final Map<Path, Digested> digested = new ConcurrentHashMap<>();

  /// A file's digest, good for as long as size and time stay the same.
  private record Digested(long bytes, FileTime modified, String sha256) {}

  /// @param folders of this worker, asked first
  /// @param shared where submitters put pictures, one file per digest
  public Assets(List<Path> folders, Path shared) {
    this.folders = List.copyOf(folders);
    this.shared = shared;
  }

  /// The file with the asset's bytes.
  ///
  /// @throws JobException `ASSET_MISSING` if it is nowhere
  public Path locate(AssetRef asset) {
    return folders.stream()
        .map(folder -> folder.resolve(asset.name()).normalize())
        .filter(file -> folders.stream().anyMatch(file::startsWith))
        .filter(file -> holds(file, asset.sha256()))
        .findFirst()
        .or(() -> Optional.of(shared.resolve(asset.sha256())).filter(f -> holds(f, asset.sha256())))
        .orElseThrow(
            () ->
                new JobException(
                    FailureCode.ASSET_MISSING,
                    asset.name()
                        + " is neither in "
                        + folders
                        + " nor as "
                        + asset.sha256()
                        + " in "
                        + shared));
  }

  private boolean holds(Path file, String sha256) {
    try {
      if (!Files.isRegularFile(file)) {
        return false;
      }
      long bytes = Files.size(file);
      FileTime modified = Files.getLastModifiedTime(file);
      Digested known = digested.get(file);
      if (known == null || known.bytes() != bytes || !known.modified().equals(modified)) {
        known = new Digested(bytes, modified, Sha256.ofFile(file));
        digested.put(file, known);
      }
      return known.sha256().equals(sha256);
    } catch (IOException e) {
      return false;
    }
  }
}
