package dev.stemfleet.dispatcher.local;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The folder of this user in which a program keeps what is neither settings nor output: the data
/// of the local broker, logs, the demo's song. Immutable; nothing is made until it is needed.
public record StateFolder(Path folder) {
  /// How many local brokers can be in use at once.
  static final int SLOTS = 16;

  private static final String NAME = "stemfleet";

  /// `$XDG_STATE_HOME/stemfleet`, else what is usual on the operating system.
  public static StateFolder of(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
      return new StateFolder(Path.of(xdg, NAME));
    }
    Path home = Path.of(System.getProperty("user.home"));
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return new StateFolder(home.resolve("Library/Application Support").resolve(NAME));
    }
    String local = environment.getOrDefault("LOCALAPPDATA", "");
    if (system.startsWith("windows") && !local.isEmpty()) {
      return new StateFolder(Path.of(local, NAME));
    }
    return new StateFolder(home.resolve(".local/state").resolve(NAME));
  }

  /// Where the demo's song and cover lie.
  public Path demo() {
    return folder.resolve("demo");
  }

  /// What is known of watched folders.
  public Path watched() {
    return folder.resolve("watched");
  }

  /// The folder of one local broker.
  ///
  /// @param number from 1
  Path slot(int number) {
    return folder.resolve("local-" + number);
  }
}
