package dev.stemfleet.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.fixture.TestTracks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// What the contract is tried with: publishes tracks, opens queues of one kind, starts worker
/// processes; closes everything at the end of a test.
final class QueueBench implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int DEVICES = 3;

  /// Of a jobs topic that has several of them.
  static final int PARTITIONS = 12;

  private final QueueKind kind;
  private final KafkaSettings settings;
  private final List<AutoCloseable> open = new ArrayList<>();

  QueueBench(QueueKind kind, KafkaSettings settings, Duration lock) {
    this.kind = kind;
    this.settings = settings.withQueue(kind.mode()).withLock(lock).withDevices(DEVICES);
    kind.setUp(this.settings, lock);
  }

  KafkaSettings settings() {
    return settings;
  }

  KafkaClients clients() {
    return new KafkaClients(settings);
  }

  /// The caller closes.
  TestTracks openTracks() {
    return TestTracks.open(settings);
  }

  JobQueue openQueue() {
    return openQueue(settings);
  }

  JobQueue openQueue(KafkaSettings with) {
    Outbox outbox = Outbox.open(new KafkaClients(with));
    JobQueue queue = kind.open(with, outbox);
    open.addFirst(outbox);
    open.addFirst(queue);
    return queue;
  }

  /// Publishes tracks named `track0`, `track1`, … with the values `track0/0`, `track0/1`, …
  void publish(int tracks, int jobsPerTrack) {
    try (TestTracks open = openTracks()) {
      for (int track = 0; track < tracks; track++) {
        publishTrack(open, "track" + track, jobsPerTrack, 0);
      }
    }
  }

  /// @param padding bytes added to each value
  void publishTrack(TestTracks tracks, String track, int jobs, int padding) {
    tracks.send(
        track,
        IntStream.range(0, jobs)
            .mapToObj(job -> track + "/" + job + " ".repeat(padding))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList());
  }

  static Delivery take(JobQueue queue) throws InterruptedException {
    Optional<Delivery> delivery = queue.take(PATIENCE);
    assertThat(delivery).as("a delivery within %s", PATIENCE).isPresent();
    return delivery.get();
  }

  static String text(Delivery delivery) {
    return new String(delivery.value(), StandardCharsets.UTF_8).strip();
  }

  /// A process of its own that takes one job and works on it until it is ended.
  QueueWorker startProcess() throws IOException {
    QueueWorker worker = QueueWorker.start(kind, settings);
    open.addFirst(worker);
    return worker;
  }

  /// A job's result.
  List<Letter> result(String text) {
    return List.of(result(settings, text));
  }

  private static Letter result(KafkaSettings settings, String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    return Letter.ofBatch(settings.topics().results(), "batch", "job", value);
  }

  /// All results that can be seen, in order.
  List<String> results() {
    List<String> all = new ArrayList<>();
    try (TopicReader reader =
        TopicReader.fromStart(clients(), Set.of(settings.topics().results()))) {
      do {
        reader
            .poll(Duration.ofMillis(100))
            .forEach(
                entry -> all.add(new String(entry.value().orElseThrow(), StandardCharsets.UTF_8)));
      } while (!reader.caughtUp());
    }
    return all;
  }

  /// A thread that takes and accepts jobs until closed.
  Rival startRival(Duration work) {
    return startRival(openQueue(), work);
  }

  Rival startRival(JobQueue queue, Duration work) {
    Rival rival = new Rival(queue, work);
    open.addFirst(rival);
    return rival;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  /// Takes jobs, works on each for a while, accepts it, and notes what it had.
  static final class Rival implements AutoCloseable {
    private final List<String> done = java.util.Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Thread thread;

    Rival(JobQueue queue, Duration work) {
      thread = Thread.ofPlatform().name("rival").start(() -> run(queue, work));
    }

    private void run(JobQueue queue, Duration work) {
      try {
        while (!ending.get()) {
          Optional<Delivery> delivery = queue.take(Duration.ofMillis(200));
          if (delivery.isPresent()) {
            Thread.sleep(work);
            done.add(text(delivery.get()));
            delivery.get().accept();
          }
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    List<String> done() {
      synchronized (done) {
        return List.copyOf(done);
      }
    }

    @Override
    public void close() throws InterruptedException {
      ending.set(true);
      thread.join();
    }
  }

  /// A worker process: the handle in this JVM and the main of the other.
  static final class QueueWorker implements AutoCloseable {
    private final Process process;

    private QueueWorker(Process process) {
      this.process = process;
    }

    static QueueWorker start(QueueKind kind, KafkaSettings settings) throws IOException {
      return new QueueWorker(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  QueueWorker.class.getName(),
                  kind.getClass().getName(),
                  settings.bootstrapServers(),
                  settings.prefix(),
                  settings.lock().toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }

    public static void main(String[] args) throws Exception {
      QueueKind kind =
          Class.forName(args[0]).asSubclass(QueueKind.class).getDeclaredConstructor().newInstance();
      KafkaSettings settings =
          KafkaSettings.of(args[1])
              .withPrefix(args[2])
              .withQueue(kind.mode())
              .withLock(Duration.parse(args[3]));
      try (Outbox outbox = Outbox.open(new KafkaClients(settings));
          JobQueue queue = kind.open(settings, outbox)) {
        Delivery delivery = take(queue);
        System.out.println(text(delivery));
        String word = new Scanner(System.in, StandardCharsets.UTF_8).nextLine();
        if (word.isEmpty()) {
          System.out.println(renewed(delivery) ? "leased" : "lost");
          System.out.println(delivery.accept());
        } else {
          System.out.println(delivery.accept(List.of(result(settings, word))));
        }
      }
    }

    private static boolean renewed(Delivery delivery) {
      try {
        delivery.renew();
        return true;
      } catch (LeaseLost e) {
        return false;
      }
    }

    /// The next line that the process prints.
    String line() throws IOException {
      return process.inputReader().readLine();
    }

    /// Tells the process to end its work: it renews and accepts.
    void finish() throws IOException {
      tell("");
    }

    /// Tells the process to accept its job with this result, without looking whether it is its own.
    void tell(String result) throws IOException {
      process.getOutputStream().write((result + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    void signal(String name) throws IOException, InterruptedException {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      assertThat(code).isZero();
    }

    @Override
    public void close() throws Exception {
      process.destroyForcibly().waitFor();
    }
  }
}
