package dev.stemfleet.common.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Paths as people write them: `~/` is their home, everything else is relative to some folder.
final class UserPath {
  private UserPath() {}

  /// @throws IllegalArgumentException if the file system has no such names
  static Path of(Path folder, String text) {
    try {
      if (text.startsWith("~/")) {
        return Path.of(System.getProperty("user.home"), text.substring(2)).normalize();
      }
      return folder.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + text + "' is no path here: " + e.getReason(), e);
    }
  }
}
