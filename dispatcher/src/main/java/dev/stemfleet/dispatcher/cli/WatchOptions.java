package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.local.OnExit;
import dev.stemfleet.dispatcher.local.StateFolder;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.submit.Roots;
import dev.stemfleet.dispatcher.submit.SubmittedFiles;
import dev.stemfleet.dispatcher.submit.WatchedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `submit` that have a folder watched; a mixin.
final class WatchOptions {
  @Option(
      names = "--watch",
      paramLabel = "DIR",
      description =
          "Submit the sound files of this folder, and what is put there later, until interrupted.")
  private @Nullable Path folder;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long a file must stay the same to be taken for whole. Default: 5.")
  private int settleSeconds;

  /// Whether a folder is to be watched.
  boolean given() {
    return folder != null;
  }

  /// The folder that is watched.
  ///
  /// @throws RequestException if there is none
  Path folder(Surroundings here) {
    Path named = here.absolute(folder == null ? Path.of("") : folder);
    if (!Files.isDirectory(named)) {
      throw new RequestException("--watch: " + named + " is no folder");
    }
    return named;
  }

  /// Watches the folder until interrupted.
  ///
  /// @param roots by name; the folder must lie below one
  /// @param job what its tracks are submitted as, null for a job of each day
  /// @throws RequestException if an option is wrong, or somebody else watches the folder
  void run(
      Surroundings here, Map<String, Path> roots, @Nullable String job, FolderWatch.Submit submit)
      throws IOException, InterruptedException {
    if (settleSeconds < 0) {
      throw new RequestException("--settle: must be 0 or more, not " + settleSeconds);
    }
    Path watched = folder(here);
    new Roots(roots).requireBelow(watched);
    Path ledger = SubmittedFiles.of(StateFolder.of(here.environment()).watched(), watched, job);
    try (SubmittedFiles submitted = SubmittedFiles.open(ledger)) {
      Duration settle = Duration.ofSeconds(settleSeconds);
      WatchedFolder files = new WatchedFolder(watched, submitted, settle, here.clock());
      FolderWatch running = new FolderWatch(files, submit, here.screen());
      try (OnExit _ = OnExit.close(running)) {
        here.screen().note("Watching " + watched + " (Ctrl-C ends it).");
        running.run();
      }
    }
  }
}
