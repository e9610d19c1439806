package dev.stemfleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.message.TraceContext;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.fixture.Jobs;
import dev.stemfleet.worker.job.JobOutcome;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.place.OutputRoot;
import dev.stemfleet.worker.queue.Outbox;
import dev.stemfleet.worker.telemetry.Meters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The job loop over a queue in memory, with runners that end as the test says.
final class JobLoopTest {
  private static final Topics TOPICS = new Topics("t.");
  private static final Node NODE = new Node(0, "nowhere", 1);

  @TempDir Path out;
  private final WorkerStatus status = new WorkerStatus();
  private final Cancels cancels = new Cancels();
  private final List<Integer> attempts = new ArrayList<>();
  private final MockProducer<String, byte[]> sent =
      new MockProducer<>(
          new Cluster(
              "test",
              List.of(NODE),
              List.of(new PartitionInfo(TOPICS.results(), 0, NODE, null, null)),
              Set.of(),
              Set.of()),
          true,
          null,
          new StringSerializer(),
          new ByteArraySerializer());
  private final FakeQueue queue = new FakeQueue(Outbox.over(sent, sent));

  @Test
  void aFailureThatMayPassIsGivenBackTwiceThenEndsWithItsTriesCounted() throws Exception {
    Job job = Jobs.job("friday", "main");
    JobLoop.Runner failing = (j, attempt, l, r) -> tryAgain(j, attempt, FailureCode.DISK_FULL);

    for (int worker = 1; worker <= 3; worker++) {
      queue.add(job);
      runUntilEmpty(failing);
    }

    assertThat(queue.answers()).containsExactly("released main", "released main", "rejected main");
    assertThat(attempts).containsExactly(1, 2, 3);
    assertThat(messages(TOPICS.dead(), DeadJob.class))
        .singleElement()
        .satisfies(dead -> assertThat(dead.attempts()).isEqualTo(3))
        .satisfies(dead -> assertThat(dead.job()).isEqualTo(job));
    assertThat(new Attempts(new OutputRoot(out)).past(job.jobId(), job.run()))
        .isEqualTo(Attempts.Past.NONE);
  }

  @Test
  void aWorkerWhoseDeviceFailsThreeJobsInARowTakesNoMoreAndSaysSo() throws Exception {
    for (String channel : List.of("a", "a", "b", "c", "d")) {
      queue.add(Jobs.job("friday", channel));
    }
    JobLoop loop = loop((j, attempt, l, r) -> tryAgain(j, attempt, FailureCode.DEVICE_FAILED));
    Thread running = Thread.ofPlatform().start(() -> runQuietly(loop));
    while (status.now().state() != Event.WorkerState.UNFIT) {
      assertThat(running.isAlive()).isTrue();
      Thread.onSpinWait();
    }

    assertThat(queue.isStopped()).isTrue();
    assertThat(queue.answers())
        .containsExactly("released a", "released a", "released b", "released c");
    // And it is still there until it is told to leave
    assertThat(running.isAlive()).isTrue();
    loop.stop();
    running.join();
    assertThat(status.now().state()).isEqualTo(Event.WorkerState.DRAINING);
  }

  @Test
  void aJobThatWorksBetweenThemSparesTheDevice() throws Exception {
    for (String channel : List.of("a", "b", "good", "c", "d")) {
      queue.add(Jobs.job("friday", channel));
    }

    runUntilEmpty(
        (job, attempt, l, r) ->
            job.channel().key().equals("good")
                ? new JobOutcome.Done(result(job, attempt, null))
                : tryAgain(job, attempt, FailureCode.DEVICE_FAILED));

    assertThat(queue.answers()).hasSize(5).contains("accepted good").doesNotContain("rejected d");
    assertThat(status.now().state()).isNotEqualTo(Event.WorkerState.UNFIT);
  }

  @Test
  void otherFailuresDoNotBlameTheDevice() throws Exception {
    for (String channel : List.of("a", "b", "c", "d")) {
      queue.add(Jobs.job("friday", channel));
    }

    runUntilEmpty((j, attempt, l, r) -> tryAgain(j, attempt, FailureCode.DISK_FULL));

    assertThat(queue.answers()).hasSize(4);
    assertThat(status.now().state()).isNotEqualTo(Event.WorkerState.UNFIT);
  }

  @Test
  void aCancelledJobEndsWithAResultAndNothingOnTheDeadTopic() throws Exception {
    Job job = Jobs.job("friday", "main");
    queue.add(job);

    runUntilEmpty(
        (j, attempt, lease, r) -> {
          // Wanted until somebody cancels it while it runs
          assertThat(lease.wanted()).isTrue();
          cancel("friday", job.submittedAt().plusSeconds(1));
          assertThat(lease.wanted()).isFalse();
          Failure failure = failure(FailureCode.CANCELLED);
          return new JobOutcome.Cancelled(failure, result(j, attempt, failure));
        });

    assertThat(queue.answers()).containsExactly("accepted main");
    assertThat(messages(TOPICS.results(), Result.class))
        .extracting(result -> result.failure().code())
        .containsExactly(FailureCode.CANCELLED);
    assertThat(messages(TOPICS.dead(), DeadJob.class)).isEmpty();
    assertThat(messages(TOPICS.events(), Event.class))
        .anyMatch(event -> event instanceof Event.Cancelled);
  }

  @Test
  void whatIsSaidOfAJobBelongsToItsTrace() throws Exception {
    Job job = Jobs.job("friday", "main");
    queue.add(job);

    runUntilEmpty((j, attempt, l, r) -> refused(j, attempt));

    String trace = TraceContext.of(job).traceId();
    assertThat(sent.history()).extracting(ProducerRecord::topic).contains(TOPICS.events());
    assertThat(sent.history())
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(
            record -> {
              byte[] header = record.headers().lastHeader(TraceContext.HEADER).value();
              TraceContext told =
                  TraceContext.parse(new String(header, StandardCharsets.UTF_8)).orElseThrow();
              assertThat(told.traceId()).isEqualTo(trace);
              assertThat(told.spanId()).isNotEqualTo(TraceContext.of(job).spanId());
            });
  }

  @Test
  void aCancelMeansWhatWasSubmittedBeforeByJobBatchOrRun() {
    Job job = Jobs.job("friday", "main");
    Instant after = job.submittedAt().plusMillis(1);

    for (String target : List.of(job.jobId(), "friday", job.run())) {
      Cancels heard = new Cancels();
      heard.hear(entry(target, after));
      // Told twice, and told what came earlier
      heard.hear(entry(target, after.minusSeconds(3600)));
      assertThat(heard.mean(job)).as(target).isTrue();
      assertThat(heard.mean(job.inRun("01900000-0000-7000-8000-000000000009", after))).isFalse();
      heard.hear(entry(target, Optional.empty()));
      assertThat(heard.mean(job)).as(target + " taken back").isFalse();
    }
    cancel("monday", after);
    assertThat(cancels.mean(job)).isFalse();
  }

  private void runUntilEmpty(JobLoop.Runner runner) throws InterruptedException {
    JobLoop loop = loop(runner);
    queue.whenEmpty(loop::stop);
    loop.run();
    queue.reopen();
  }

  private JobLoop loop(JobLoop.Runner runner) {
    Attempts marks = new Attempts(new OutputRoot(out));
    Outbox outbox = Outbox.over(sent, sent);
    Meters meters = new Meters();
    Clock clock = Clock.systemUTC();
    return new JobLoop(
        queue,
        (job, attempt, lease, reporter) -> {
          attempts.add(attempt);
          return runner.run(job, attempt, lease, reporter);
        },
        new Answers("w1", TOPICS, marks, status, meters, clock),
        new EventReporter("w1", outbox, TOPICS, status, meters, clock),
        status,
        new JobLoop.Conduct(
            new Retries(Duration.ZERO, RandomGenerator.getDefault(), marks),
            cancels,
            Duration.ofSeconds(5)));
  }

  private static void runQuietly(JobLoop loop) {
    try {
      loop.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void cancel(String target, Instant at) {
    cancels.hear(entry(target, at));
  }

  private static TopicReader.Entry entry(String target, Instant at) {
    Control control = new Control(Schema.VERSION, Control.Action.CANCEL, target, at);
    return entry(target, Optional.of(Wire.write(control)));
  }

  private static TopicReader.Entry entry(String key, Optional<byte[]> value) {
    return new TopicReader.Entry(TOPICS.control(), key, value, Map.of(), 0, 0, Instant.EPOCH);
  }

  private <T> List<T> messages(String topic, Class<T> type) {
    return sent.history().stream()
        .filter(record -> record.topic().equals(topic))
        .map(record -> read(record.value(), type))
        .toList();
  }

  private static <T> T read(byte[] value, Class<T> type) {
    try {
      return Wire.read(value, type);
    } catch (WireException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static JobOutcome tryAgain(Job job, int attempt, FailureCode code) {
    return new JobOutcome.TryAgain(failure(code), result(job, attempt, failure(code)));
  }

  private static JobOutcome refused(Job job, int attempt) {
    Failure failure = failure(FailureCode.SOUND_UNREADABLE);
    return new JobOutcome.Refused(failure, result(job, attempt, failure));
  }

  private static Failure failure(FailureCode code) {
    return new Failure(code, "place", "for the test", code.advice());
  }

  private static Result result(Job job, int attempt, Failure failure) {
    return new Result(
        Schema.VERSION,
        job.jobId(),
        job.run(),
        job.batch(),
        failure == null ? Result.State.SUCCEEDED : Result.State.FAILED,
        "spec",
        job.track().id(),
        job.track().artist(),
        job.track().title(),
        job.channel().key(),
        job.submittedAt(),
        job.submittedAt(),
        "w1",
        attempt,
        false,
        failure == null ? job.directory() : null,
        List.of(),
        List.of(),
        Map.of(),
        null,
        null,
        null,
        null,
        failure);
  }
}
