package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A worker process that is started to see how long it takes, and asked to leave again.
///
/// @param command the whole command line
record WorkerStart(List<String> command) {
  private static final Pattern READY = Pattern.compile(" ready .*loadSeconds=\"([0-9.]+)\"");

  /// @param seconds from exec to the line "ready"
  /// @param loadSeconds of its model, as the worker says
  record Ready(double seconds, double loadSeconds) {}

  /// Starts it and waits until it has left.
  ///
  /// @throws BenchFailure with its last line, if it does not get ready
  Ready run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process worker = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      BufferedReader said = worker.inputReader();
      String last = "(nothing)";
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          return new Ready((System.nanoTime() - start) / 1e9, Double.parseDouble(ready.group(1)));
        }
        last = line;
      }
      throw new BenchFailure("the worker ended before it was ready: " + last);
    } finally {
      worker.destroy();
      worker.waitFor();
    }
  }
}
