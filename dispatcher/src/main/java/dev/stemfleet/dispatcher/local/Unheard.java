package dev.stemfleet.dispatcher.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Child processes that do not hear Ctrl-C. A terminal sends it to all processes at once; the
/// broker would be gone before the worker could hand back its job. Their parent ends them in order
/// instead.
final class Unheard {
  private static final Path SHELL = Path.of("/bin/sh");

  private Unheard() {}

  /// The command with interrupts ignored, which a JVM respects when it starts; the process id stays
  /// that of the program. Unchanged where there is no POSIX shell.
  static List<String> command(List<String> command) {
    if (!Files.isExecutable(SHELL)) {
      return command;
    }
    List<String> unheard =
        new ArrayList<>(List.of(SHELL.toString(), "-c", "trap '' INT; exec \"$@\"", "sh"));
    unheard.addAll(command);
    return unheard;
  }
}
