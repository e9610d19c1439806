package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Pictures in an output folder: `OUT/.stemfleet/assets/<sha256>`.
public final class AssetStore implements PictureStore {
  private final Path folder;
  private final Set<String> kept = ConcurrentHashMap.newKeySet();

  /// @param out the output root
  public AssetStore(Path out) {
    this.folder = out.resolve(".stemfleet").resolve("assets");
  }

  public Path fileOf(AssetRef asset) {
    return folder.resolve(asset.sha256());
  }

  @Override
  public void put(AssetRef asset, byte[] bytes) {
    if (!kept.add(asset.sha256())) {
      return;
    }
    if (!Sha256.of(bytes).equals(asset.sha256())) {
      kept.remove(asset.sha256());
      throw new JobException(
          FailureCode.ASSET_UNREADABLE, asset.name() + ": changed while it was read");
    }
    try {
      if (!isThere(asset)) {
        write(asset, bytes);
      }
    } catch (IOException e) {
      kept.remove(asset.sha256());
      throw new JobException(
          FailureCode.OUTPUT_UNWRITABLE, folder + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private boolean isThere(AssetRef asset) throws IOException {
    Path file = fileOf(asset);
    return Files.isRegularFile(file) && Sha256.ofFile(file).equals(asset.sha256());
  }

  private void write(AssetRef asset, byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, ".", ".tmp");
    try {
      Files.write(temporary, bytes);
      // Workers may run as other users; temporary files are for their owner only.
      temporary.toFile().setReadable(true, false);
      Files.move(temporary, fileOf(asset), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
