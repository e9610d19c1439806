package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.fleet.FleetExtension;
import dev.stemfleet.worker.fleet.OutputsInView;
import dev.stemfleet.worker.fleet.TestFleet;
import dev.stemfleet.worker.fleet.WorkerUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Hostile jobs, sounds and covers through a real worker over a real broker: one result for each
/// message, and a worker that is as good as before.
@Tag("faults")
@ExtendWith(FleetExtension.class)
final class HostileFleetTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int MESSAGES = 180;
  private static final int SOUNDS = 60;
  private static final int COVERS = 40;
  private static final long MOST_MEMORY_MIB = 1800;

  @TempDir private Path folder;
  private final long seed = Long.getLong("stemfleet.seed", 5);
  private final List<ProducerRecord<String, byte[]>> hostile = new ArrayList<>();
  private TestFleet fleet;
  private Topics topics;
  private byte[] job = new byte[0];

  @Test
  void everyHostileMessageHasOneClearResultAndTheWorkerGoesOn(TestFleet given) throws Exception {
    System.out.println("seed " + seed);
    fleet = given;
    topics = fleet.clients().settings().topics();
    WorkerUnderTest worker = fleet.worker("w1", "--retry-for", "1");
    job = small(submitted("before"));
    Path good = GoodFiles.make(folder.resolve("good"));
    strangeRecords();
    messages();
    files(good, List.of(Gate.WAV, Gate.MP3, Gate.FLAC, Gate.M4A, Gate.OGG), SOUNDS, this::sound);
    files(good, List.of(Gate.PNG, Gate.JPEG, Gate.GIF, Gate.WEBP), COVERS, this::cover);
    int before = results().size();
    Instant start = Instant.now();

    send();
    List<Result> results = await(before + hostile.size());

    Duration time = Duration.between(start, Instant.now());
    List<Result> failed = results.stream().filter(result -> !result.succeeded()).toList();
    report(results, failed, time, memoryMiB(worker.pid()));
    assertThat(results).hasSize(before + hostile.size());
    assertThat(failed).hasSizeGreaterThan(100).allSatisfy(this::requireClear);
    assertThat(fleet.all(topics.dead(), DeadJob.class)).hasSize(failed.size());
    assertThat(memoryMiB(worker.pid())).isLessThan(MOST_MEMORY_MIB);
    assertThat(worker.log()).doesNotContain("\tat ", "Exception:");
    new OutputsInView(fleet.out()).areAllWhole();
    submitted("after");
  }

  /// What no field of a job is needed for.
  private void strangeRecords() {
    String topic = topics.jobs();
    add(new ProducerRecord<>(topic, "tombstone", null));
    add(new ProducerRecord<>(topic, null, job));
    ProducerRecord<String, byte[]> header = new ProducerRecord<>(topic, "header", job);
    header.headers().add("nothing", null);
    add(header);
    add(
        new ProducerRecord<>(
            topic, "k".repeat(500_000), "no job".getBytes(StandardCharsets.UTF_8)));
    add("{\"schema\": \"" + "9".repeat(900_000) + "\"}");
    for (String field : List.of("batch", "run", "jobId", "directory")) {
      changed(tree -> tree.put(field, "x".repeat(900_000)));
    }
    for (String field : List.of("title", "artist", "genre", "key")) {
      changed(tree -> ((ObjectNode) tree.get("track")).put(field, "y".repeat(900_000)));
    }
    for (double seconds : new double[] {-1e300, -1, 1e300}) {
      changed(tree -> ((ObjectNode) tree.get("track")).put("seconds", seconds));
    }
    changed(tree -> tree.put("run", "../../../../../tmp/evil"));
    changed(tree -> tree.put("directory", "a\u0000b"));
    changed(tree -> ((ObjectNode) tree.get("track")).put("source", "file://music/a%00b"));
    changed(tree -> ((ObjectNode) tree.get("track")).put("source", "file:///etc/passwd"));
    changed(tree -> ((ObjectNode) tree.get("track")).put("source", "http://169.254.169.254/"));
    changed(tree -> ((ObjectNode) tree.at("/channel/look/background")).put("name", "../../x"));
    changed(tree -> ((ObjectNode) tree.at("/channel/look")).put("width", 8192).put("height", 8192));
  }

  private void messages() {
    for (int number = 0; number < MESSAGES; number++) {
      add(new ProducerRecord<>(topics.jobs(), "m" + number, message(number)));
    }
  }

  private byte[] message(int number) {
    return Gate.JOB.hostile(List.of(job), seed + 1, number);
  }

  private void files(Path good, List<Gate> gates, int count, FileJob to) throws IOException {
    for (int number = 0; number < count; number++) {
      Gate gate = gates.get(number % gates.size());
      byte[] bytes = gate.hostile(HostileCases.files(good, gate), seed, 5000 + number);
      String name = gate + "-" + number;
      Files.write(fleet.music().resolve(name), bytes);
      changed(tree -> to.change(tree, name, bytes));
    }
  }

  /// Makes a job out of a file.
  private interface FileJob {
    void change(ObjectNode job, String name, byte[] bytes);
  }

  private void sound(ObjectNode tree, String name, byte[] bytes) {
    String sha256 = Sha256.of(bytes);
    String id = sha256.substring(0, 16);
    ObjectNode track = (ObjectNode) tree.get("track");
    track.put("source", "file://music/" + name).put("sha256", sha256).put("id", id);
    track.put("bytes", bytes.length);
    tree.put("jobId", id).put("directory", "hostile/" + name);
  }

  private void cover(ObjectNode tree, String name, byte[] bytes) {
    String sha256 = Sha256.of(bytes);
    Path assets = fleet.out().resolve(".stemfleet/assets");
    try {
      Files.createDirectories(assets);
      Files.write(assets.resolve(sha256), bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    ObjectNode thumbnail = JSON.createObjectNode().put("name", name).put("sha256", sha256);
    ((ObjectNode) tree.get("track")).set("thumbnail", thumbnail);
    tree.put("jobId", sha256.substring(0, 16)).put("directory", "hostile/" + name);
  }

  /// With videos that take little time.
  private static byte[] small(byte[] job) throws IOException {
    ObjectNode tree = (ObjectNode) JSON.readTree(job);
    ((ObjectNode) tree.at("/channel/look")).put("width", 320).put("height", 180);
    return JSON.writeValueAsBytes(tree);
  }

  private void changed(Consumer<ObjectNode> change) {
    try {
      ObjectNode tree = (ObjectNode) JSON.readTree(job);
      change.accept(tree);
      add(JSON.writeValueAsString(tree));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void add(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    add(new ProducerRecord<>(topics.jobs(), "s" + hostile.size(), bytes));
  }

  private void add(ProducerRecord<String, byte[]> record) {
    hostile.add(record);
  }

  private void send() {
    try (Producer<String, byte[]> producer = fleet.clients().producer()) {
      for (ProducerRecord<String, byte[]> record : hostile) {
        var _ = producer.send(record);
        producer.flush();
      }
    }
  }

  /// Submits a good track and waits for its video.
  ///
  /// @return its job as it was sent
  private byte[] submitted(String batch) throws IOException {
    Path song = TestSound.bursts(0.4, 9).writeWav(fleet.music().resolve(batch + ".wav"));
    TestFleet.Said said =
        fleet.stemfleet("submit", song, "--job", batch, "--channels", "main", "--stems", "drums");
    assertThat(said.exitCode()).as(said.err()).isZero();
    Result result = fleet.awaitResult(r -> r.batch().equals(batch));
    assertThat(result.failure()).isNull();
    return Wire.write(
        fleet.all(topics.batches(), Job.class).stream()
            .filter(one -> one.batch().equals(batch))
            .findFirst()
            .orElseThrow());
  }

  private List<Result> await(int count) {
    List<Result> results = results();
    Instant end = Instant.now().plus(PATIENCE);
    while (results.size() < count) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(
            "%d of %d results%n%s".formatted(results.size(), count, fleet.logs()));
      }
      results = results();
    }
    return results;
  }

  private List<Result> results() {
    List<Result> results = new ArrayList<>();
    try (TopicReader reader = TopicReader.fromStart(fleet.clients(), Set.of(topics.results()))) {
      do {
        for (TopicReader.Entry entry : reader.poll(Duration.ofMillis(500))) {
          results.add(Wire.read(entry.value().orElseThrow(), Result.class));
        }
      } while (!reader.caughtUp());
    } catch (WireException e) {
      throw new AssertionError("a result that cannot be read", e);
    }
    return results;
  }

  private void requireClear(Result result) {
    Failure failure = result.failure();
    assertThat(failure.code()).as(failure.cause()).isNotEqualTo(FailureCode.INTERNAL);
    assertThat(failure.stage()).isNotBlank();
    assertThat(failure.advice()).isNotBlank();
    assertThat(result.worker()).isEqualTo("w1");
    assertThat(result.attempt()).isPositive();
    Gate.requireClear(failure.cause());
    assertThat(failure.cause()).doesNotContain("cache-w1", "home-w1", "/etc/shadow");
  }

  private void report(List<Result> results, List<Result> failed, Duration time, long memoryMiB)
      throws IOException {
    Map<String, Integer> codes = new TreeMap<>();
    failed.forEach(result -> codes.merge(result.failure().code().name(), 1, Integer::sum));
    System.out.printf(
        "hostile fleet: %d messages, %d results, %d failed %s, worker at most %d MiB, %.1f s%n",
        hostile.size(), results.size(), failed.size(), codes, memoryMiB, time.toMillis() / 1000.0);
    Path file =
        Path.of(System.getProperty("stemfleet.home"), "worker/target/faults/hostile-fleet.json");
    Files.createDirectories(file.getParent());
    JSON.writeValue(
        file.toFile(),
        Map.of(
            "seed",
            seed,
            "messages",
            hostile.size(),
            "results",
            results.size(),
            "failed",
            codes,
            "mostMemoryMiB",
            memoryMiB,
            "seconds",
            time.toMillis() / 1000.0));
  }

  private static long memoryMiB(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
