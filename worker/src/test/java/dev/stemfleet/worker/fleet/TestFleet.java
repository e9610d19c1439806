package dev.stemfleet.worker.fleet;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.dispatcher.cli.Screen;
import dev.stemfleet.dispatcher.cli.Stemfleet;
import dev.stemfleet.dispatcher.cli.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A fleet of one test class: topics of its own on the shared broker, a folder for music and one
/// for outputs. Workers that are still there at the end are killed.
public final class TestFleet implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final KafkaSettings settings;
  private final Path folder;
  private final List<WorkerUnderTest> workers = new ArrayList<>();

  public TestFleet(KafkaSettings settings, Path folder) throws IOException {
    this.settings = settings;
    this.folder = folder.toRealPath();
    Files.createDirectories(music());
  }

  /// What a command line did.
  public record Said(int exitCode, String out, String err) {}

  public KafkaClients clients() {
    return new KafkaClients(settings);
  }

  /// The root `music`.
  public Path music() {
    return folder.resolve("music");
  }

  public Path out() {
    return folder.resolve("out");
  }

  public Path folder() {
    return folder;
  }

  /// How long a job stays with a worker that has fallen silent.
  public Duration lock() {
    return settings.lock();
  }

  /// `stemfleet <arguments>` with the options of this fleet.
  public Said stemfleet(Object... arguments) {
    return stemfleetReading("", arguments);
  }

  /// The same with something on standard input.
  public Said stemfleetReading(String input, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings here =
        new Surroundings(
            new Screen(stream(out), stream(err), false, false),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            environment(),
            folder,
            Path.of(System.getProperty("stemfleet.home")),
            Clock.systemUTC());
    List<String> line = new ArrayList<>();
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    line.addAll(options());
    int code = Stemfleet.commandLine(here).execute(line.toArray(String[]::new));
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Starts a worker and waits until it is ready.
  public WorkerUnderTest worker(String id, String... more) {
    WorkerUnderTest worker = startWorker(id, more);
    worker.awaitReady();
    return worker;
  }

  /// Starts several workers at once and waits until all are ready.
  public List<WorkerUnderTest> workers(String... ids) {
    List<WorkerUnderTest> started = Stream.of(ids).map(id -> startWorker(id)).toList();
    started.forEach(WorkerUnderTest::awaitReady);
    return started;
  }

  /// Starts a worker.
  public WorkerUnderTest startWorker(String id, String... more) {
    return startWorkerWithRoot(id, music(), more);
  }

  /// Starts a worker that has the music somewhere else.
  WorkerUnderTest startWorkerWithRoot(String id, Path root, String... more) {
    return startWorker(id, root, Map.of(), List.of(), more);
  }

  /// Starts a worker whose process is not like the others.
  ///
  /// @param environment beside ours
  /// @param jvm options of its JVM beside ours
  public WorkerUnderTest startWorker(
      String id, Map<String, String> environment, List<String> jvm, String... more) {
    return startWorker(id, music(), environment, jvm, more);
  }

  private WorkerUnderTest startWorker(
      String id, Path root, Map<String, String> environment, List<String> jvm, String... more) {
    if (jvm.isEmpty() && environment.isEmpty() && more.length == 0) {
      StartKit.prepare(this::rehearse);
    }
    List<String> options = new ArrayList<>(StartKit.options());
    options.addAll(jvm);
    return startWorkerWith(options, id, root, environment, more);
  }

  /// Starts a worker in a fleet that nobody knows.
  private boolean rehearse(List<String> jvm) {
    String prefix = "rehearsal-" + UUID.randomUUID() + ".";
    Path apart = folder.resolve("rehearsal");
    try (TestFleet fleet =
        new TestFleet(settings.withPrefix(prefix), Files.createDirectories(apart))) {
      WorkerUnderTest worker = fleet.startWorkerWith(jvm, "rehearsal", fleet.music(), Map.of());
      worker.awaitReady();
      worker.terminate();
      return worker.awaitExit() == 0;
    } catch (IOException | AssertionError e) {
      System.out.println("no rehearsal: " + e.getMessage());
      return false;
    }
  }

  private WorkerUnderTest startWorkerWith(
      List<String> jvm, String id, Path root, Map<String, String> environment, String... more) {
    List<String> arguments = new ArrayList<>(options(root));
    arguments.addAll(
        List.of("--worker-id", id, "--cache-dir", folder.resolve("cache-" + id).toString()));
    arguments.addAll(List.of(more));
    Map<String, String> whole = new HashMap<>(environment());
    whole.putAll(environment);
    WorkerUnderTest worker = WorkerUnderTest.start(folder, id, whole, jvm, arguments);
    workers.add(worker);
    return worker;
  }

  /// The latest result of every job, once there are so many.
  public List<Result> awaitResults(String batch, int count) {
    return awaitResults(batch, count, PATIENCE);
  }

  public List<Result> awaitResults(String batch, int count, Duration patience) {
    Map<String, Result> latest = new LinkedHashMap<>();
    Instant end = Instant.now().plus(patience);
    try (TopicReader reader =
        TopicReader.fromStart(clients(), Set.of(settings.topics().results()))) {
      while (latest.size() < count) {
        if (Instant.now().isAfter(end)) {
          throw new AssertionError(
              "%d of %d results of %s within %s%n%s"
                  .formatted(latest.size(), count, batch, patience, logs()));
        }
        for (TopicReader.Entry entry : reader.poll(Duration.ofMillis(200))) {
          Result result = read(entry.value().orElseThrow(), Result.class);
          if (result.batch().equals(batch)) {
            latest.merge(result.jobId(), result, (a, b) -> a.run().compareTo(b.run()) > 0 ? a : b);
          }
        }
      }
    }
    return List.copyOf(latest.values());
  }

  /// The first result, in the topic's order, that is as wanted.
  public Result awaitResult(Predicate<Result> wanted) {
    return await(settings.topics().results(), Result.class, wanted);
  }

  /// The first event, in the topic's order, that is as wanted.
  public <T extends Event> T awaitEvent(Class<T> type, Predicate<T> wanted) {
    Predicate<Event> such = event -> type.isInstance(event) && wanted.test(type.cast(event));
    return type.cast(await(settings.topics().events(), Event.class, such));
  }

  private <T> T await(String topic, Class<T> type, Predicate<T> wanted) {
    Instant end = Instant.now().plus(PATIENCE);
    try (TopicReader reader = TopicReader.fromStart(clients(), Set.of(topic))) {
      while (Instant.now().isBefore(end)) {
        for (TopicReader.Entry entry : reader.poll(Duration.ofMillis(100))) {
          T message = read(entry.value().orElseThrow(), type);
          if (wanted.test(message)) {
            return message;
          }
        }
      }
    }
    throw new AssertionError("no such " + type.getSimpleName() + "\n" + logs());
  }

  /// Everything that lies on a topic now.
  public <T> List<T> all(String topic, Class<T> type) {
    List<T> all = new ArrayList<>();
    try (TopicReader reader = TopicReader.fromStart(clients(), Set.of(topic))) {
      do {
        reader
            .poll(Duration.ofMillis(200))
            .forEach(entry -> all.add(read(entry.value().orElseThrow(), type)));
      } while (!reader.caughtUp());
    }
    return all;
  }

  /// The names of the workers whose processes live.
  public Set<String> living() {
    return workers.stream()
        .filter(WorkerUnderTest::isAlive)
        .map(WorkerUnderTest::id)
        .collect(Collectors.toSet());
  }

  /// Of all its workers.
  public String logs() {
    StringBuilder all = new StringBuilder();
    workers.forEach(worker -> all.append(worker.log()).append('\n'));
    return all.toString();
  }

  @Override
  public void close() {
    workers.forEach(WorkerUnderTest::kill);
  }

  /// What the command line and the workers find in their environment.
  public Map<String, String> environment() {
    return Map.of(
        "XDG_CONFIG_HOME",
        folder.resolve("no-config").toString(),
        "STEMFLEET_LOCK_SECONDS",
        Long.toString(settings.lock().toSeconds()),
        "STEMFLEET_QUEUE",
        settings.queue().key(),
        "STEMFLEET_EXPECTED_DEVICES",
        Integer.toString(settings.devices()));
  }

  public List<String> options() {
    return options(music());
  }

  private List<String> options(Path root) {
    return List.of(
        "--bootstrap-servers",
        settings.bootstrapServers(),
        "--prefix",
        settings.prefix(),
        "--out",
        out().toString(),
        "--root",
        "music=" + root);
  }

  private static <T> T read(byte[] bytes, Class<T> type) {
    try {
      return Wire.read(bytes, type);
    } catch (WireException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
