package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.FleetSettings;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// All that a command sees of the process it runs in. Tests make their own.
///
/// @param in standard input
/// @param folder that relative paths are relative to
/// @param home the installation, see [FleetSettings#home()]
public record Surroundings(
    Screen screen,
    InputStream in,
    Map<String, String> environment,
    Path folder,
    Path home,
    Clock clock) {
  public static Surroundings ofProcess() {
    return new Surroundings(
        Screen.ofProcess(),
        System.in,
        System.getenv(),
        Path.of("").toAbsolutePath(),
        FleetSettings.home(),
        Clock.systemUTC());
  }

  /// A path that somebody typed, seen from their folder.
  Path absolute(Path path) {
    return folder.resolve(path).normalize();
  }
}
