package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the queue costs per job, and whether four workers share the jobs evenly. The workers are
/// processes with the real job loop and a runner that makes nothing; they publish results.
///
/// @param emptyJobs that take no time, one track each
/// @param shortJobs that take 200 ms, one track each
/// @param folder where the broker's data lies; null for the system's temporary folder
/// @param say takes a line about what is being done
public record QueueBench(
    WorkerProgram program,
    int emptyJobs,
    int shortJobs,
    @Nullable Path folder,
    Consumer<String> say) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final List<String> ONE_CHANNEL = BenchChannels.KEYS.subList(0, 1);
  private static final String WORK_MILLIS = "200";
  private static final int MANY = 4;
  private static final int WARM_UP_PART = 5;
  private static final int WARM_UP_EACH = 8;

  /// @throws BenchFailure if a job is left without a result
  public BenchResult run() throws Exception {
    Machine machine = Machine.here();
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    try (BenchFleet fleet = BenchFleet.start(folder)) {
      say.accept(emptyJobs + " empty jobs, bare take and accept");
      seconds.put("bare", List.of(bare(fleet)));
      say.accept(emptyJobs + " empty jobs, the worker's loop");
      seconds.put("worker", List.of(empty(fleet)));
      say.accept(shortJobs + " jobs of 200 ms, one worker");
      seconds.put("one worker", List.of(shared(fleet, "one.", 1)));
      say.accept(shortJobs + " jobs of 200 ms, four workers");
      seconds.put("four workers", List.of(shared(fleet, "four.", MANY)));
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    double bare = only(seconds, "bare") / emptyJobs * 1000;
    double ours = only(seconds, "worker") / emptyJobs * 1000;
    figures.put("bare_ms_per_job", bare);
    figures.put("ms_per_job", ours);
    figures.put("ms_above_bare", ours - bare);
    figures.put("jobs_per_second", 1000 / ours);
    figures.put("efficiency", only(seconds, "one worker") / only(seconds, "four workers") / MANY);
    return new BenchResult(
        "queue",
        "%d empty jobs; %d jobs of 200 ms for 1 and 4 workers".formatted(emptyJobs, shortJobs),
        figures,
        List.of(Target.atMost("ms_above_bare", 2), Target.atLeast("efficiency", 0.95)),
        seconds,
        machine);
  }

  private double bare(BenchFleet fleet) throws IOException {
    KafkaClients clients = published(fleet, "bare.");
    List<String> options = new ArrayList<>(counts());
    options.add("--bare");
    try (QueueWorker worker = QueueWorker.start(program, clients, fleet.folder(), options)) {
      return worker.done().seconds();
    }
  }

  private double empty(BenchFleet fleet) throws IOException {
    KafkaClients clients = published(fleet, "empty.");
    try (QueueWorker worker = QueueWorker.start(program, clients, fleet.folder(), counts())) {
      worker.awaitReady();
      QueueWorker.Done done = worker.done();
      awaitResults(clients, emptyJobs + warmUp());
      return done.seconds();
    }
  }

  /// Workers that are all there before the first job is.
  private double shared(BenchFleet fleet, String prefix, int count) throws IOException {
    KafkaClients clients = fleet.clients(prefix);
    var _ = QueueSetup.apply(clients, PATIENCE);
    List<QueueWorker> workers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        workers.add(
            QueueWorker.start(
                program, clients, fleet.folder(), List.of("--work-millis", WORK_MILLIS)));
      }
      for (QueueWorker worker : workers) {
        worker.awaitReady();
      }
      Members.await(clients, count);
      publish(fleet, clients, "warm-up", WARM_UP_EACH * count);
      awaitResults(clients, WARM_UP_EACH * count);
      for (QueueWorker worker : workers) {
        worker.forget();
      }
      publish(fleet, clients, "measured", shortJobs);
      awaitResults(clients, WARM_UP_EACH * count + shortJobs);
      List<QueueWorker.Done> done = new ArrayList<>();
      for (QueueWorker worker : workers) {
        worker.finish();
      }
      for (QueueWorker worker : workers) {
        done.add(worker.done());
      }
      return QueueWorker.Done.of(done).seconds();
    } finally {
      workers.forEach(QueueWorker::close);
    }
  }

  private List<String> counts() {
    String warmUp = Integer.toString(warmUp());
    return List.of("--warm-up", warmUp, "--jobs", Integer.toString(warmUp() + emptyJobs));
  }

  private int warmUp() {
    return emptyJobs / WARM_UP_PART;
  }

  private KafkaClients published(BenchFleet fleet, String prefix) throws IOException {
    KafkaClients clients = fleet.clients(prefix);
    publish(fleet, clients, "measured", warmUp() + emptyJobs);
    return clients;
  }

  private static void publish(BenchFleet fleet, KafkaClients clients, String batch, int jobs)
      throws IOException {
    Path manifest = Manifest.write(fleet.folder().resolve("tracks.jsonl"), jobs);
    var _ = fleet.submit(clients, manifest, batch, ONE_CHANNEL);
  }

  private static void awaitResults(KafkaClients clients, int jobs) {
    Set<String> answered = new HashSet<>();
    long deadline = System.nanoTime() + PATIENCE.plusMillis(jobs * 300L).toNanos();
    Set<String> topic = Set.of(clients.settings().topics().results());
    try (TopicReader results = TopicReader.fromStart(clients, topic)) {
      while (answered.size() < jobs) {
        results.poll(POLL).forEach(entry -> answered.add(entry.key()));
        if (System.nanoTime() > deadline) {
          throw new BenchFailure("only " + answered.size() + " of " + jobs + " jobs were answered");
        }
      }
    }
  }

  private static double only(Map<String, List<Double>> seconds, String name) {
    return seconds.getOrDefault(name, List.of()).getFirst();
  }
}
