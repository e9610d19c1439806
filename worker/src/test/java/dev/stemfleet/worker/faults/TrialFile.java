package dev.stemfleet.worker.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.bench.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// The figures of a trial in `worker/target/faults`, from where the page about reliability takes
/// them.
final class TrialFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TrialFile() {}

  static Path folder() {
    return Path.of(System.getProperty("basedir", ".")).resolve("target/faults");
  }

  /// @param figures `faults` by what was done, `jobs`, `seconds`, `seed` and others
  static void write(String trial, Map<String, Object> figures) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("trial", trial);
    all.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    all.putAll(figures);
    all.put("machine", MAPPER.convertValue(Machine.here(), Map.class));
    try {
      Files.createDirectories(folder());
      Files.writeString(
          folder().resolve(trial.replace(' ', '-') + ".json"),
          MAPPER.writeValueAsString(all) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
