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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A worker process with the real job loop and empty jobs. The caller closes, which ends it.
public final class QueueWorker implements AutoCloseable {
  private static final JsonMapper MAPPER = Json.lenient();
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String READY = "ready";
  private static final String ENDED = "ended";

  private final Process process;
  private final Path log;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  /// What a worker did.
  ///
  /// @param first when it took its first job
  /// @param last when its last job was answered
  public record Done(int jobs, Instant first, Instant last) {
    /// What several did together.
    static Done of(List<Done> workers) {
      List<Done> busy = workers.stream().filter(worker -> worker.jobs() > 0).toList();
      Instant first = busy.stream().map(Done::first).min(Instant::compareTo).orElseThrow();
      Instant last = busy.stream().map(Done::last).max(Instant::compareTo).orElseThrow();
      return new Done(busy.stream().mapToInt(Done::jobs).sum(), first, last);
    }

    public double seconds() {
      return Duration.between(first, last).toNanos() / 1e9;
    }
  }

  private QueueWorker(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// @param options such as `--bare`
  public static QueueWorker start(
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
    QueueWorker worker = new QueueWorker(process, log);
    Thread.ofPlatform().name("worker-output").daemon().start(worker::listen);
    return worker;
  }

  public long pid() {
    return process.pid();
  }

  /// Waits until its loop runs.
  public void awaitReady() throws IOException {
    var _ = said(READY);
  }

  /// Has it do jobs and waits for them: some to warm up, those that count, and one more.
  Done take(int warmUp, int jobs) throws IOException {
    tell("take " + warmUp + " " + jobs);
    return done();
  }

  /// From now on it takes jobs as they come.
  ///
  /// @param work how long each takes; one that runs longer already ends
  public void open(Duration work) throws IOException {
    tell("open " + work.toMillis());
  }

  /// What it has done since the last report.
  public Done report() throws IOException {
    tell("report");
    return done();
  }

  @Override
  public void close() {
    process.destroy();
  }

  private void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  private Done done() throws IOException {
    JsonNode found = MAPPER.readTree(said("{"));
    return new Done(
        found.path("jobs").asInt(),
        Instant.parse(found.path("first").asText()),
        Instant.parse(found.path("last").asText()));
  }

  private String said(String beginning) throws IOException {
    try {
      String line = said.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (line != null && line.startsWith(beginning)) {
        return line;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new BenchFailure("a worker ended or fell silent: " + Files.readString(log));
  }

  /// Its log comes the same way: a line of it for every job, to be taken off its hands.
  private void listen() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("{") || line.equals(READY)) {
          said.add(line);
        }
      }
    } catch (IOException e) {
      // It has ended in the middle of a line.
    }
    said.add(ENDED);
  }
}
