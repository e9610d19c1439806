package dev.stemfleet.dispatcher.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The output root, to be read from. Messages name what lies in it, and are not trusted.
///
/// @param root where the workers write; null if that is no folder
record OutputFolder(@Nullable Path root) {
  /// Whether it is a folder.
  boolean isFolder() {
    return root != null;
  }

  /// Whether this machine sees it at all.
  boolean visible() {
    return root != null && Files.isDirectory(root);
  }

  /// A file below the root that a message names.
  ///
  /// @param relative `/` between folders
  /// @return where it really lies; empty if there is no such file, if it is hidden, or if the name
  ///   or a link on the way leads out of the root
  Optional<Path> file(String relative) {
    try {
      Path named = Path.of(relative);
      if (root == null || relative.isEmpty() || named.isAbsolute() || !plain(named)) {
        return Optional.empty();
      }
      Path realRoot = root.toRealPath();
      Path real = realRoot.resolve(named).toRealPath();
      boolean inside = real.startsWith(realRoot) && plain(realRoot.relativize(real));
      return inside && Files.isRegularFile(real) ? Optional.of(real) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /// Neither up nor hidden.
  private static boolean plain(Path path) {
    for (Path part : path) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}
