package dev.stemfleet.worker;

import dev.stemfleet.common.domain.Naming;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.worker.job.JobOutcome;
import dev.stemfleet.worker.job.Lease;
import dev.stemfleet.worker.job.Reporter;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.place.OutputRoot;
import dev.stemfleet.worker.queue.BareLoop;
import dev.stemfleet.worker.queue.Delivery;
import dev.stemfleet.worker.queue.JobQueue;
import dev.stemfleet.worker.queue.Outbox;
import dev.stemfleet.worker.queue.ShareQueue;
import dev.stemfleet.worker.telemetry.Meters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The worker's side of `stemfleet bench queue`: the worker's own job loop, queue and answers, with
/// a runner that makes nothing. Prints `ready`, works until its input ends or it has done `--jobs`,
/// then prints when it took the first job and when the last was accepted. Each byte of input makes
/// it forget the jobs before.
@Command(name = "queue", description = "The job loop with empty jobs.")
final class QueueBenchCommand implements Callable<Integer> {
  @Option(names = "--bootstrap-servers", required = true)
  private String servers = "";

  @Option(names = "--prefix", required = true)
  private String prefix = "";

  @Option(names = "--out", required = true)
  private Path out = Path.of("");

  @Option(names = "--bare", description = "Only take and accept.")
  private boolean bare;

  @Option(names = "--jobs", description = "How many to do at most.")
  private int jobs = Integer.MAX_VALUE;

  @Option(names = "--warm-up", description = "How many of them come before the measured ones.")
  private int warmUp;

  @Option(names = "--work-millis", description = "How long each takes.")
  private long workMillis;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws InterruptedException {
    KafkaClients clients = new KafkaClients(KafkaSettings.of(servers).withPrefix(prefix));
    if (bare) {
      double seconds = BareLoop.run(clients, warmUp, jobs);
      say("{\"jobs\":%d,\"seconds\":%.6f}", jobs - warmUp, seconds);
    } else {
      loop(clients);
    }
    return 0;
  }

  private void loop(KafkaClients clients) throws InterruptedException {
    String id = "bench-" + ProcessHandle.current().pid();
    Topics topics = clients.settings().topics();
    WorkerStatus status = new WorkerStatus();
    Meters meters = new Meters();
    Attempts attempts = new Attempts(new OutputRoot(out));
    try (Outbox outbox = Outbox.open(clients);
        WatchedQueue queue =
            new WatchedQueue(ShareQueue.open(clients, outbox), warmUp, jobs, clock)) {
      EventReporter reporter = new EventReporter(id, outbox, topics, status, meters, clock);
      Answers answers = new Answers(id, outbox, topics, attempts, status, meters, clock);
      Retries retries = new Retries(Duration.ZERO, RandomGenerator.getDefault());
      EmptyRunner runner = new EmptyRunner(id, workMillis, clock);
      JobLoop loop =
          new JobLoop(queue, runner, answers, reporter, status, retries, Duration.ofMinutes(1));
      queue.whenDone(loop::stop);
      Thread.ofPlatform().name("input").daemon().start(() -> stopWithInput(loop, queue));
      say("ready");
      loop.run();
      say("%s", queue.json());
    }
  }

  private static void stopWithInput(JobLoop loop, WatchedQueue queue) {
    try (InputStream input = System.in) {
      while (input.read() >= 0) {
        queue.forget();
      }
    } catch (IOException e) {
      // Nobody is there any more.
    }
    loop.stop();
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  /// Does nothing for a while and reports a job with five videos.
  ///
  /// @param worker id for the results
  private record EmptyRunner(String worker, long workMillis, Clock clock)
      implements JobLoop.Runner {
    @Override
    public JobOutcome run(Job job, int attempt, Lease lease, Reporter reporter) {
      if (workMillis > 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(workMillis));
      }
      List<OutputFile> files = job.channel().stems().stream().map(stem -> file(job, stem)).toList();
      return new JobOutcome.Done(result(job, attempt, files));
    }

    private static OutputFile file(Job job, Stem stem) {
      String path = job.directory() + "/" + Naming.title(job.track(), job.channel(), stem) + ".mp4";
      return new OutputFile(
          path, stem, Product.VIDEO, 10_000_000, job.track().sha256(), job.track().seconds());
    }

    private Result result(Job job, int attempt, List<OutputFile> files) {
      return new Result(
          Schema.VERSION,
          job.jobId(),
          job.run(),
          job.batch(),
          Result.State.SUCCEEDED,
          job.track().sha256(),
          job.track().id(),
          job.track().artist(),
          job.track().title(),
          job.channel().key(),
          job.submittedAt(),
          clock.instant(),
          worker,
          attempt,
          false,
          job.directory(),
          files,
          job.warnings(),
          Map.of("video", workMillis / 1000.0),
          CacheCounts.NONE,
          null,
          null,
          null,
          null);
    }
  }

  /// Notes when the first job was taken and the last one was answered; for the job loop's thread.
  private static final class WatchedQueue implements JobQueue {
    private final JobQueue queue;
    private final int warmUp;
    private final int jobs;
    private final Clock clock;
    private final AtomicBoolean forgetting = new AtomicBoolean();
    private Runnable whenDone = () -> {};
    private int taken;
    private boolean working;
    private Instant first = Instant.EPOCH;
    private Instant last = Instant.EPOCH;

    WatchedQueue(JobQueue queue, int warmUp, int jobs, Clock clock) {
      this.queue = queue;
      this.warmUp = warmUp;
      this.jobs = jobs;
      this.clock = clock;
    }

    void whenDone(Runnable action) {
      whenDone = action;
    }

    @Override
    public Optional<Delivery> take(Duration wait) throws InterruptedException {
      if (working) {
        last = clock.instant();
      }
      if (taken >= jobs) {
        whenDone.run();
      }
      Optional<Delivery> next = queue.take(wait);
      working = next.isPresent();
      if (working && forgetting.getAndSet(false)) {
        taken = 0;
      }
      if (working && taken++ == warmUp) {
        first = clock.instant();
      }
      return next;
    }

    /// What was done so far was to warm up. Any thread, while no job is there.
    void forget() {
      forgetting.set(true);
    }

    @Override
    public void stopTaking() {
      queue.stopTaking();
    }

    @Override
    public Optional<String> trouble() {
      return queue.trouble();
    }

    @Override
    public void close() {
      queue.close();
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"jobs\":%d,\"seconds\":%.6f,\"first\":\"%s\",\"last\":\"%s\"}",
          taken - warmUp,
          Duration.between(first, last).toNanos() / 1e9,
          first,
          last);
    }
  }
}
