package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.dispatcher.local.LocalRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads in the worker's log how long its start took.
final class ReadyWatch implements ColdRun.Watcher {
  private static final Pattern READY = Pattern.compile(" ready .*startSeconds=\"([0-9.]+)\"");

  private double seconds;

  /// As the worker says, from its main method on; 0 if it said nothing.
  double seconds() {
    return seconds;
  }

  @Override
  public ColdRun.Watching watch(long workerPid, Path out, Path state) {
    return new ColdRun.Watching() {
      @Override
      public void ended(LocalRun.Outcome outcome) throws IOException {
        seconds = readIn(state);
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  private static double readIn(Path state) throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      Path log = files.filter(file -> file.endsWith("worker.log")).findFirst().orElseThrow();
      Matcher ready = READY.matcher(Files.readString(log));
      return ready.find() ? Double.parseDouble(ready.group(1)) : 0;
    }
  }
}
