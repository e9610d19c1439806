package dev.stemfleet.common.catalog;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where a definition and its files lie. Immutable.
public sealed interface ModelPlace {
  /// Opens a file of this place; the caller closes it.
  ///
  /// @param path below this place, `/` between folders
  /// @throws IOException if there is none or it cannot be read
  InputStream open(String path) throws IOException;

  /// The file on disk, where it is one.
  Optional<Path> onDisk(String path);

  /// How messages name a file of this place.
  String name(String path);

  /// A folder on disk.
  record Folder(Path folder) implements ModelPlace {
    @Override
    public InputStream open(String path) throws IOException {
      return Files.newInputStream(folder.resolve(path));
    }

    @Override
    public Optional<Path> onDisk(String path) {
      return Optional.of(folder.resolve(path));
    }

    @Override
    public String name(String path) {
      return folder.resolve(path).toString();
    }
  }

  /// A folder on the class path: what the program brings along.
  ///
  /// @param prefix ends with `/`
  record ClassPath(String prefix) implements ModelPlace {
    @Override
    public InputStream open(String path) throws IOException {
      InputStream stream = ModelPlace.class.getClassLoader().getResourceAsStream(prefix + path);
      if (stream == null) {
        throw new FileNotFoundException(name(path));
      }
      return stream;
    }

    @Override
    public Optional<Path> onDisk(String path) {
      return Optional.empty();
    }

    @Override
    public String name(String path) {
      return "classpath:" + prefix + path;
    }
  }
}
