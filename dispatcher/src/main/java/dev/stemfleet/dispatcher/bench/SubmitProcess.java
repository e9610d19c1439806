package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.config.FleetSettings;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `stemfleet submit` in a process of its own, started as the launcher starts it.
record SubmitProcess(BenchFleet fleet, Path manifest) {
  private static final int LOOK_EVERY_MILLIS = 5;

  /// The most memory that it had at any moment.
  ///
  /// @throws BenchFailure if it fails, or the system does not tell
  double peakMegabytes() throws IOException, InterruptedException {
    Path log = fleet.folder().resolve("submit.log");
    Process process =
        new ProcessBuilder(command())
            .directory(fleet.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    double peak = 0;
    try {
      while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, highWater(process.pid()));
      }
    } finally {
      process.destroy();
    }
    if (process.exitValue() != 0 || peak <= 0) {
      throw new BenchFailure("submit failed: " + Files.readString(log));
    }
    return peak;
  }

  private List<String> command() {
    FleetSettings settings = fleet.settings();
    List<String> command =
        DispatcherProgram.command(
            "submit",
            manifest.toString(),
            "--job",
            "measured",
            "--channels",
            "all",
            "--bootstrap-servers",
            String.valueOf(settings.bootstrapServers()),
            "--assets",
            settings.assets().toString(),
            "--models",
            settings.models().toString(),
            "--out",
            settings.out().toString());
    List<String> all = new ArrayList<>(command);
    settings.roots().forEach((name, root) -> all.addAll(List.of("--root", name + "=" + root)));
    return all;
  }

  /// Its high-water mark as Linux keeps it; 0 once it is gone.
  private static double highWater(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
