package dev.stemfleet.worker;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.failure.JobException;
import java.io.PrintWriter;

/// Errors of the program as people want to see them: one line that says what and what to do.
final class OneLine {
  private static final int WORK_FAILED = 1;
  private static final int USAGE = 2;

  private OneLine() {}

  static void print(PrintWriter err, Exception e) {
    switch (e) {
      case JobException failed ->
          err.println("stemfleet-worker: " + failed.getMessage() + ". " + failed.code().advice());
      case ConfigException wrong -> err.println("stemfleet-worker: " + wrong.getMessage());
      case IllegalArgumentException wrong -> err.println("stemfleet-worker: " + wrong.getMessage());
      default -> e.printStackTrace(err);
    }
    err.flush();
  }

  static int exitCode(Exception e) {
    return e instanceof ConfigException || e instanceof IllegalArgumentException
        ? USAGE
        : WORK_FAILED;
  }
}
