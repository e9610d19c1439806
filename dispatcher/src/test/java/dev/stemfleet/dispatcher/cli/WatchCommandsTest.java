package dev.stemfleet.dispatcher.cli;

import static dev.stemfleet.dispatcher.watch.Messages.RUN_2;
import static dev.stemfleet.dispatcher.watch.Messages.at;
import static dev.stemfleet.dispatcher.watch.Messages.done;
import static dev.stemfleet.dispatcher.watch.Messages.failed;
import static dev.stemfleet.dispatcher.watch.Messages.heartbeat;
import static dev.stemfleet.dispatcher.watch.Messages.job;
import static dev.stemfleet.dispatcher.watch.Messages.progressed;
import static dev.stemfleet.dispatcher.watch.Messages.started;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.kafka.BatchPartition;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Event.CacheState;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.dispatcher.local.KeptBroker;
import dev.stemfleet.dispatcher.local.SharedBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `tail`, `status`, `workers`, `cache` and `doctor` against a real broker, with messages as a
/// dispatcher and workers would have written them.
@ExtendWith(SharedBroker.class)
final class WatchCommandsTest {
  @TempDir Path folder;
  private KafkaSettings kafka;
  private Topics topics;
  private final Job main = job("main");
  private final Job drums = job("drums");
  private final Job other = job("monday", "main", "Other", "Song");

  @BeforeEach
  void aFleetThatHasWorked(KafkaSettings settings) {
    kafka = settings;
    topics = settings.topics();
    KeptBroker.setUp(settings);
    try (Producer<String, byte[]> producer = new KafkaClients(settings).producer()) {
      send(producer, topics.batches(), main, drums, other);
      send(producer, topics.events(), started(main, "w1", -50));
      send(producer, topics.results(), done(main, "w1", -8), done(main, "w1", -8));
      send(producer, topics.results(), failed(drums, "w1", -7));
      send(producer, topics.events(), started(other, "w1", -6));
      send(producer, topics.events(), progressed(other, "w1", -1, "separate", 0.5, 0.4));
      send(
          producer,
          topics.events(),
          heartbeat("w1", 0, WorkerState.WORKING, List.of(new CacheState("icon", 30, 5, 0, 5, 9))),
          heartbeat("w2", -120, WorkerState.IDLE));
    }
  }

  @Test
  void tailPrintsEachAnswerOnceAndEndsAtTheCount() {
    CommandRun run = run("tail", "--from-beginning", "--count", "2");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "done    main  An Artist - A Title  10 s  friday/main",
            "FAILED  drums  An Artist - A Title  in resolve: songs/one.wav is not below the root"
                + " music; Check the worker's roots and that the file is still there."
                + " (source_missing, attempt 1 on w1)");
  }

  @Test
  void tailFollowsOnlyTheBatchesThatMatch() {
    try (Producer<String, byte[]> producer = new KafkaClients(kafka).producer()) {
      send(producer, topics.results(), done(other, "w1", 1));
    }
    CommandRun run = run("tail", "--job", "MON*", "--from-beginning", "--count", "1");

    assertThat(run.out()).isEqualTo("done    main  Other - Song  10 s  monday/main\n");
  }

  @Test
  void tailPrintsWholeResultsForPrograms() throws Exception {
    CommandRun run = run("tail", "--from-beginning", "--count", "2", "--format", "json");

    List<JsonNode> results = jsonLines(run);
    assertThat(results).hasSize(2);
    assertThat(results.get(0).path("jobId").asText()).isEqualTo(main.jobId());
    assertThat(results.get(0).path("files")).hasSize(2);
    assertThat(results.get(1).path("failure").path("code").asText()).isEqualTo("source_missing");
  }

  @Test
  void statusShowsBatchesRunningJobsAndWhatFailed() {
    CommandRun run = run("status");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            batch   jobs  queued  running  retrying  done  failed  cancelled  left
            friday  2     0       0        0         1     1       0          -
            monday  1     0       1        0         0     0       0          ~

            At work:
              batch   channel  track         worker  stage          job   since
              monday  main     Other - Song  w1      separate 50 %  40 %  6.0 s

            Failed:
              batch   channel  track                stage    code            worker  attempt  why                                        what to do
              friday  drums    An Artist - A Title  resolve  source_missing  w1      1        songs/one.wav is not below the root music  Check the worker's roots and that the file is still there.

            1 worker alive; nobody has taken any job yet
            """);
  }

  @Test
  void statusCountsTheLatestRunOfAJobOnly() {
    try (Producer<String, byte[]> producer = new KafkaClients(kafka).producer()) {
      send(producer, topics.batches(), drums.inRun(RUN_2, at(0)));
    }
    CommandRun run = run("status", "friday");

    assertThat(run.out()).contains("friday  2     1       0        0         1     0  ");
    assertThat(run.out()).doesNotContain("monday");
  }

  @Test
  void aBatchThatDoesNotLieWhereItShouldIsFoundAllTheSame() {
    Job stray = job("tuesday", "main", "Other", "Song");
    try (Producer<String, byte[]> producer = new KafkaClients(kafka).producer()) {
      for (Record message : List.of(stray, done(stray, "w1", 1))) {
        String topic = message instanceof Job ? topics.batches() : topics.results();
        int right = BatchPartition.record(producer, topic, "tuesday", "", new byte[0]).partition();
        int wrong = (right + 1) % producer.partitionsFor(topic).size();
        var _ =
            producer.send(new ProducerRecord<>(topic, wrong, stray.jobId(), Wire.write(message)));
      }
    }
    CommandRun run = run("status", "tuesday");

    assertThat(run.out()).contains("tuesday  1     0       0        0         1     0  ");
  }

  @Test
  void statusForProgramsIsOneObject() throws Exception {
    JsonNode status = jsonLines(run("status", "--format", "json")).getFirst();

    assertThat(status.path("workers").asInt()).isEqualTo(1);
    assertThat(status.path("batches")).hasSize(2);
    JsonNode friday = status.path("batches").get(0);
    assertThat(friday.path("counts").path("failed").asInt()).isEqualTo(1);
    assertThat(friday.path("jobs").findValuesAsText("state"))
        .containsExactlyInAnyOrder("done", "failed");
  }

  @Test
  void aPatternThatMatchesNothingIsAnError() {
    CommandRun run = run("status", "tuesday*");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("stemfleet: BATCH: no batch matches 'tuesday*'\n");
  }

  @Test
  void aMessageThatNobodyCanReadIsToldAndPassedOver() {
    try (Producer<String, byte[]> producer = new KafkaClients(kafka).producer()) {
      send(producer, topics.results(), "junk".getBytes(StandardCharsets.UTF_8));
    }
    CommandRun run = run("status");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("warning: 1 messages cannot be read by this version\n");
  }

  @Test
  void workersShowsWhoIsLostAndWhoDoesNotMapARoot() {
    CommandRun run = run("workers");

    assertThat(run.out())
        .isEqualTo(
            """
            worker  device  model    resident for  done  failed  state    stage  heard
            w1      cpu     builtin  0.0 s         7     1       working  -      0.0 s ago
            w2      cpu     builtin  0.0 s         7     1       LOST     -      2 min 00 s ago
            w2 on node-1 (process 4711) has been silent for 2 min 00 s; its jobs go to other workers
            """);
  }

  @Test
  void cacheInfoShowsEveryCacheOfLiveWorkers() {
    CommandRun run = run("cache", "info");

    assertThat(run.out())
        .isEqualTo(
            """
            w1: model builtin on cpu, loaded in 1.5 s, resident for 0.0 s, 7 jobs served
              cache  hits  loads  hit rate  entries  holds  thrown out
              icon   30    5      85.7 %    5        9 B    0
            """);
  }

  @Test
  void cacheExplainHasTheArithmeticAndLiveNumbers() {
    CommandRun run = run("cache", "explain");

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("15 x 4 = 60 loads", "= 12 loads", "= 10 loads", "only the cover is new: 1 load")
        .contains("one miss per run")
        .contains("w1: 5 loads of pictures, 30 hits, in 7 jobs");
  }

  @Test
  void cancelEndsWhatWaitsAndWhatIsSubmittedLaterRuns() {
    Job waiting = job("tuesday", "main", "Other", "Song");
    try (Producer<String, byte[]> producer = new KafkaClients(kafka).producer()) {
      send(producer, topics.batches(), waiting);
    }
    CommandRun run = run("cancel", "tues*");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("cancelled  tuesday  1 of 1 jobs had not ended\n");
    assertThat(run("status", "tuesday").out())
        .contains("tuesday  1     0       0        0         0     0       1");
    // And a later run of it waits again
    try (Producer<String, byte[]> producer = new KafkaClients(kafka).producer()) {
      send(producer, topics.batches(), waiting.inRun(RUN_2, at(3600)));
    }
    assertThat(run("status", "tuesday").out())
        .contains("tuesday  1     1       0        0         0     0       0");
  }

  @Test
  void cancelOfAJobByItsIdMeansThisJobAlone() throws Exception {
    JsonNode line = jsonLines(run("cancel", other.jobId(), "--format", "json")).getFirst();

    assertThat(line.path("target").asText()).isEqualTo(other.jobId());
    assertThat(line.path("open").asInt()).isEqualTo(1);
    assertThat(run("cancel", "wednesday").err())
        .isEqualTo("stemfleet: TARGET: no batch or job matches 'wednesday'\n");
  }

  @Test
  void retrySendsFailedJobsAgainOnceAsTheyWere() throws Exception {
    try (Producer<String, byte[]> producer = new KafkaClients(kafka).producer()) {
      send(producer, topics.dead(), dead(drums), dead(other));
      send(producer, topics.dead(), "junk".getBytes(StandardCharsets.UTF_8));
    }
    // When: one of the two has failed, the other runs
    CommandRun run = run("retry", "--all");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("sent again  friday  1\n");
    assertThat(run.err()).contains("1 messages of the dead topic");
    assertThat(run("status", "friday").out())
        .contains("friday  2     1       0        0         1     0  ");
    // Then it lies on the jobs topic whole, in a later run
    Job again = jobs().getFirst();
    assertThat(again.run()).isGreaterThan(drums.run());
    assertThat(drums.inRun(again.run(), again.submittedAt())).isEqualTo(again);
    // And not twice
    assertThat(run("retry", "friday").out()).startsWith("no failed job is left");
    assertThat(jobs()).hasSize(1);
  }

  @Test
  void retryOfAJobByItsIdMeansThisJobAlone() throws Exception {
    try (Producer<String, byte[]> producer = new KafkaClients(kafka).producer()) {
      send(producer, topics.results(), failed(other, "w1", 1));
      send(producer, topics.dead(), dead(drums), dead(other));
    }
    assertThat(run("retry", other.jobId()).out()).isEqualTo("sent again  monday  1\n");
    assertThat(jobs()).extracting(Job::jobId).containsExactly(other.jobId());
    assertThat(run("retry").exitCode()).isEqualTo(2);
  }

  @Test
  void takesOfScriptsAreCountedPerBatch() throws Exception {
    try (Producer<String, byte[]> producer = new KafkaClients(kafka).producer()) {
      send(producer, topics.events(), counted(other, 12, 60));
    }

    assertThat(run("status", "monday").out()).contains("units", "12 of 60", "speak 12 of 60");
    JsonNode status = jsonLines(run("status", "monday", "--format", "json")).getFirst();
    assertThat(status.at("/batches/0/units/wanted").asInt()).isEqualTo(60);
  }

  @Test
  void whatWasSubmittedIsSentAgainByPatternAndMode() throws Exception {
    CommandRun failed = again("--job", "fri*", "--mode", "failed");

    assertThat(failed.exitCode()).as(failed.err()).isZero();
    assertThat(failed.err()).contains("Sent 1 job of friday");
    assertThat(failed.sink().job().jobId()).isEqualTo(drums.jobId());
    assertThat(again("--job", "*", "--mode", "friday:all,latest", "--rerender").sink().jobs())
        .extracting(Job::jobId)
        .containsExactlyInAnyOrder(main.jobId(), drums.jobId());
    assertThat(again("--job", "tues*", "--mode", "all").exitCode()).isEqualTo(2);
    assertThat(again("--job", "tues*", "--mode", "all").err())
        .contains("'tues*': 0 of 2 known batches");
    assertThat(again("--job", "friday").err()).contains("--mode: say what is done");
    assertThat(again("--job", "friday", "--mode", "some").err()).contains("Known: new, failed");
  }

  private CommandRun again(String... args) {
    List<String> all = new ArrayList<>(List.of("submit"));
    all.addAll(Arrays.asList(args));
    return run(all.toArray(String[]::new));
  }

  private static Event.Progressed counted(Job job, int done, int wanted) {
    return new Event.Progressed(
        Schema.VERSION,
        job.jobId(),
        job.run(),
        job.batch(),
        "w1",
        at(0),
        "speak",
        0.2,
        0.1,
        done,
        wanted);
  }

  private List<Job> jobs() throws Exception {
    List<Job> jobs = new ArrayList<>();
    try (TopicReader reader =
        TopicReader.fromStart(new KafkaClients(kafka), Set.of(topics.jobs()))) {
      while (!reader.caughtUp()) {
        for (TopicReader.Entry entry : reader.poll(Duration.ofMillis(100))) {
          jobs.add(Wire.read(entry.value().orElseThrow(), Job.class));
        }
      }
    }
    return jobs;
  }

  private static DeadJob dead(Job job) {
    Failure failure =
        new Failure(FailureCode.SOURCE_MISSING, "resolve", "gone", "Check the worker's roots.");
    return new DeadJob(Schema.VERSION, job, null, failure, 1, "w1", at(-7));
  }

  @Test
  void doctorIsContentWithWhatWasSetUp() {
    CommandRun run = run("doctor");

    assertThat(run.out()).contains("ok       Kafka answers at", "ok       The share group");
    assertThat(run.out().lines()).allMatch(line -> line.matches("(ok|warning|FAULT) .*"));
  }

  @Test
  void doctorNamesTheCommandThatMendsAMissingTopic() {
    CommandRun run = runWithPrefix("nobody.", "doctor");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("FAULT +There is no topic nobody.jobs. Mend it with: kafka-topics.*");
  }

  @Test
  void aFleetWithoutTopicsIsOneLineThatPointsToTheDoctor() {
    CommandRun run = runWithPrefix("nobody.", "status");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).hasLineCount(1).contains("nobody.", "stemfleet doctor");
  }

  private CommandRun run(String... args) {
    return runWithPrefix(kafka.prefix(), args);
  }

  private CommandRun runWithPrefix(String prefix, String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers(), "--prefix", prefix));
    return CommandRun.of(folder, all.toArray(String[]::new));
  }

  private static List<JsonNode> jsonLines(CommandRun run) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      lines.add(Json.lenient().readTree(line));
    }
    return lines;
  }

  private static void send(Producer<String, byte[]> producer, String topic, Record... messages) {
    for (Record message : messages) {
      byte[] value = Wire.write(message);
      switch (message) {
        case Job job -> sendOfBatch(producer, topic, job.batch(), value);
        case Result result -> sendOfBatch(producer, topic, result.batch(), value);
        default -> send(producer, topic, value);
      }
    }
  }

  private static void sendOfBatch(
      Producer<String, byte[]> producer, String topic, String batch, byte[] value) {
    String key = Integer.toString(Arrays.hashCode(value));
    var _ = producer.send(BatchPartition.record(producer, topic, batch, key, value));
  }

  private static void send(Producer<String, byte[]> producer, String topic, byte[] value) {
    String key = Integer.toString(Arrays.hashCode(value));
    var _ = producer.send(new ProducerRecord<>(topic, key, value));
  }
}
