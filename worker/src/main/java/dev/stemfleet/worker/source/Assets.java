package dev.stemfleet.worker.source;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds pictures by digest: in this worker's asset folders under their name, else among those that
/// submitters put beside the outputs. Bytes with another digest are never used. Thread-safe.
public final class Assets {
  private final List<Path> folders;
  private final SharedPictures shared;
  private final KnownDigests digests = new KnownDigests();

  /// @param folders of this worker, asked first
  /// @param shared where submitters put pictures, one file per digest
  public Assets(List<Path> folders, Path shared) {
    this(folders, new PictureFolder(shared));
  }

  /// @param folders of this worker, asked first
  /// @param shared where submitters put pictures
  public Assets(List<Path> folders, SharedPictures shared) {
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
        .or(() -> shared.find(asset.sha256()).filter(file -> holds(file, asset.sha256())))
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

  /// One file per digest, in a folder that the fleet shares.
  private record PictureFolder(Path folder) implements SharedPictures {
    @Override
    public Optional<Path> find(String sha256) {
      return Optional.of(folder.resolve(sha256));
    }

    @Override
    public String toString() {
      return folder.toString();
    }
  }

  private boolean holds(Path file, String sha256) {
    try {
      return Files.isRegularFile(file) && digests.matches(file, sha256);
    } catch (IOException e) {
      return false;
    }
  }
}
