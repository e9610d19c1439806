package dev.stemfleet.common.catalog;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A folder of pictures and of the YAML files that name them. Each file is digested once.
///
/// Thread-safe. A file that is changed later is seen by the next `AssetFolder`.
public final class AssetFolder {
  private final Path root;
  private final Map<String, AssetRef> known = new ConcurrentHashMap<>();

  public AssetFolder(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  public Path root() {
    return root;
  }

  /// The file of an asset of this folder.
  public Path fileOf(AssetRef asset) {
    return root.resolve(asset.name());
  }

  /// The asset that lies at `name`.
  ///
  /// @param where the file and key that name it, for errors
  /// @throws ConfigException if there is no such file inside this folder
  public AssetRef ref(String where, String name) {
    Path file = root.resolve(name).normalize();
    if (!file.startsWith(root) || file.equals(root)) {
      throw new ConfigException(where, "'" + name + "' leaves the assets folder " + root);
    }
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(where, "there is no file " + file);
    }
    return known.computeIfAbsent(name, n -> digested(n, file));
  }

  private static AssetRef digested(String name, Path file) {
    try {
      return new AssetRef(name, Sha256.ofFile(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
