package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Workers with a queue of their own, all of them members of its group before the first job comes.
/// They live through all rounds. The caller closes.
final class QueueCrew implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PATIENCE_PER_JOB = Duration.ofMillis(300);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final List<String> ONE_CHANNEL = BenchChannels.KEYS.subList(0, 1);

  private final BenchFleet fleet;
  private final KafkaClients clients;
  private final List<QueueWorker> workers = new ArrayList<>();
  private final Set<String> answered = new HashSet<>();
  private int batches;
  private int jobs;

  private QueueCrew(BenchFleet fleet, String prefix) {
    this.fleet = fleet;
    this.clients = fleet.clients(prefix);
  }

  /// @param options of every worker
  static QueueCrew start(
      WorkerProgram program, BenchFleet fleet, String prefix, int count, List<String> options)
      throws IOException {
    QueueCrew crew = new QueueCrew(fleet, prefix);
    var _ = QueueSetup.apply(crew.clients, PATIENCE);
    try {
      for (int i = 0; i < count; i++) {
        crew.workers.add(QueueWorker.start(program, crew.clients, fleet.folder(), options));
      }
      for (QueueWorker worker : crew.workers) {
        worker.awaitReady();
      }
      return crew;
    } catch (IOException | RuntimeException e) {
      crew.close();
      throw e;
    }
  }

  /// Publishes jobs of one track each.
  void publish(int count) throws IOException {
    Path manifest = Manifest.write(fleet.folder().resolve("tracks.jsonl"), count);
    var _ = fleet.submit(clients, manifest, "batch-" + batches++, ONE_CHANNEL);
    jobs += count;
  }

  /// Has its only worker take what was published before.
  QueueWorker.Done take(int warmUp, int count) throws IOException {
    return workers.getFirst().take(warmUp, count);
  }

  /// Lets the workers take jobs as they come, after some that take no time and do not count.
  ///
  /// @param work how long each takes
  void open(Duration work, int warmUpEach) throws IOException {
    open(Duration.ZERO);
    Members.await(clients, workers.size());
    var _ = share(warmUpEach * workers.size());
    open(work);
  }

  private void open(Duration work) throws IOException {
    for (QueueWorker worker : workers) {
      worker.open(work);
    }
  }

  /// Publishes jobs for waiting workers.
  ///
  /// @return from the first take to the last answer
  QueueWorker.Done share(int count) throws IOException {
    publish(count);
    awaitResults();
    List<QueueWorker.Done> done = new ArrayList<>();
    for (QueueWorker worker : workers) {
      done.add(worker.report());
    }
    return QueueWorker.Done.of(done);
  }

  /// Waits until every job that was published has a result.
  ///
  /// @throws BenchFailure if one is left without
  void awaitResults() {
    long deadline =
        System.nanoTime() + PATIENCE.plus(PATIENCE_PER_JOB.multipliedBy(jobs)).toNanos();
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

  @Override
  public void close() {
    workers.forEach(QueueWorker::close);
  }
}
