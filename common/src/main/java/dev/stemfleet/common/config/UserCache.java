package dev.stemfleet.common.config;

import java.nio.file.Path;

/// The folder of this user for what can be made again.
public final class UserCache {
  private UserCache() {}

  /// `$XDG_CACHE_HOME/stemfleet`, else `~/.cache/stemfleet`. Not made yet.
  public static Path folder() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("stemfleet");
  }
}
