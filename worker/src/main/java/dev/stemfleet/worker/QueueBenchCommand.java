package dev.stemfleet.worker;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.place.OutputRoot;
import dev.stemfleet.worker.queue.BareLoop;
import dev.stemfleet.worker.queue.Outbox;
import dev.stemfleet.worker.queue.ShareQueue;
import dev.stemfleet.worker.telemetry.Meters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The worker's side of `stemfleet bench queue`: the worker's own job loop, queue and answers, with
/// a runner that makes nothing. Prints `ready`, then does what the lines of its input say, until
/// they end:
///
/// - `take W N`: W jobs to warm up, then N, one more, and tells their time,
/// - `open M`: takes jobs as they come, each of which takes M milliseconds, from now on,
/// - `report`: tells what was done since the last report.
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

  private final AtomicLong workMillis = new AtomicLong();
  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws InterruptedException {
    KafkaClients clients = new KafkaClients(KafkaSettings.of(servers).withPrefix(prefix));
    if (bare) {
      bareLoop(clients);
    } else {
      jobLoop(clients);
    }
    return 0;
  }

  private void bareLoop(KafkaClients clients) {
    try (BareLoop loop = BareLoop.open(clients)) {
      say("ready");
      followInput(
          words -> {
            BareLoop.Span span = loop.run(number(words, 1), number(words, 2), clock);
            say(WatchedQueue.json(number(words, 2), span.first(), span.last()));
          });
    }
  }

  private void jobLoop(KafkaClients clients) throws InterruptedException {
    String id = "bench-" + ProcessHandle.current().pid();
    Topics topics = clients.settings().topics();
    WorkerStatus status = new WorkerStatus();
    Meters meters = new Meters();
    Attempts attempts = new Attempts(new OutputRoot(out));
    try (Outbox outbox = Outbox.open(clients);
        WatchedQueue queue =
            new WatchedQueue(ShareQueue.open(clients, outbox), clock, QueueBenchCommand::say)) {
      EventReporter reporter = new EventReporter(id, outbox, topics, status, meters, clock);
      Answers answers = new Answers(id, topics, attempts, status, meters, clock);
      Retries retries = new Retries(Duration.ZERO, RandomGenerator.getDefault(), attempts);
      JobLoop.Conduct conduct = new JobLoop.Conduct(retries, new Cancels(), Duration.ofMinutes(1));
      EmptyRunner runner = new EmptyRunner(id, workMillis::get, clock);
      JobLoop loop = new JobLoop(queue, runner, answers, reporter, status, conduct);
      Thread.ofPlatform()
          .name("input")
          .daemon()
          .start(
              () -> {
                followInput(words -> obey(queue, words));
                loop.stop();
              });
      say("ready");
      loop.run();
    }
  }

  private void obey(WatchedQueue queue, String[] words) {
    switch (words[0]) {
      case "take" -> queue.measure(number(words, 1), number(words, 2));
      case "open" -> {
        workMillis.set(number(words, 1));
        queue.open();
      }
      case "report" -> queue.report();
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private interface Listener {
    void hear(String[] words);
  }

  private static void followInput(Listener listener) {
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        listener.hear(line.split(" ", -1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(String[] words, int index) {
    return Integer.parseInt(words[index]);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
