package dev.stemfleet.dispatcher.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A worker process with the real job loop and empty jobs. The caller closes, which ends it.
final class QueueWorker implements AutoCloseable {
  private static final JsonMapper MAPPER = Json.lenient();

  private final Process process;
  private final BufferedReader output;
  private final Path log;

  /// What a worker did.
  ///
  /// @param first when it took its first job
  /// @param last when its last job was accepted
  record Done(int jobs, double seconds, Instant first, Instant last) {
    /// What several did together.
    static Done of(List<Done> workers) {
      Instant first = workers.stream().map(Done::first).min(Instant::compareTo).orElseThrow();
      Instant last = workers.stream().map(Done::last).max(Instant::compareTo).orElseThrow();
      int jobs = workers.stream().mapToInt(Done::jobs).sum();
      return new Done(jobs, Duration.between(first, last).toNanos() / 1e9, first, last);
    }
  }

  private QueueWorker(Process process, Path log) {
    this.process = process;
    this.output = process.inputReader();
    this.log = log;
  }

  /// @param options such as `--bare`, `--jobs`, `--work-millis`
  static QueueWorker start(
      WorkerProgram program, KafkaClients clients, Path folder, List<String> options)
      throws IOException {
    Path log = Files.createTempFile(folder, "worker", ".log");
    List<String> arguments = new ArrayList<>(List.of("bench", "queue"));
    arguments.addAll(List.of("--bootstrap-servers", clients.settings().bootstrapServers()));
    arguments.addAll(List.of("--prefix", clients.settings().prefix()));
    arguments.addAll(List.of("--out", folder.resolve("out").toString()));
    arguments.addAll(options);
    Process process =
        program
            .process(List.of("-XX:+UseSerialGC"), arguments)
            .redirectError(Redirect.to(log.toFile()))
            .start();
    return new QueueWorker(process, log);
  }

  /// Waits until its loop runs.
  void awaitReady() throws IOException {
    var _ = line("ready");
  }

  /// Makes it forget what it has done so far.
  void forget() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /// Lets it end once its running job is answered.
  void finish() throws IOException {
    process.getOutputStream().close();
  }

  /// Waits for its end.
  Done done() throws IOException {
    JsonNode found = MAPPER.readTree(line("{"));
    return new Done(
        found.path("jobs").asInt(),
        found.path("seconds").asDouble(),
        Instant.parse(found.path("first").asText("1970-01-01T00:00:00Z")),
        Instant.parse(found.path("last").asText("1970-01-01T00:00:00Z")));
  }

  @Override
  public void close() {
    process.destroy();
  }

  /// The next line that begins so; between them are lines of its log.
  private String line(String beginning) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    throw new BenchFailure("a worker ended: " + Files.readString(log));
  }
}
