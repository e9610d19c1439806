package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.dispatcher.local.LocalBroker;
import dev.stemfleet.worker.fleet.Evidence;
import dev.stemfleet.worker.fleet.FleetExtension;
import dev.stemfleet.worker.fleet.TestFleet;
import dev.stemfleet.worker.fleet.WorkerUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Brokers that go while tracks are submitted, made and watched, and networks that are cut.
@Tag("faults")
final class BrokersTest {
  private static final int TRACKS = 10;
  private static final int BACKLOG = 8;
  private static final String CHANNELS = "main,backup";
  private static final int JOBS = 2 * TRACKS;
  private static final Duration AWAY = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  /// A way to take a broker away, and how long it stays away.
  private record Outage(String name, boolean killed, Duration away) {
    String batch() {
      return name.replace(' ', '-');
    }
  }

  @Test
  void aBrokerThatLeavesDuringSubmitWorkAndTail() throws Exception {
    BrokerUnderTest broker =
        BrokerUnderTest.start(folder.resolve("broker"), FleetExtension.SHORT_LOCKS);
    try (Trial trial =
        Trial.over("broker", broker, broker.settings().withLock(Trial.LOCK), folder)) {
      // Given two workers at work, and somebody who watches
      TestFleet fleet = trial.fleet();
      Work work = Work.of(trial);
      work.submit("first", 1, CHANNELS);
      Crew crew = Crew.of(fleet, 2);
      Command tail = Command.start(fleet, "tail", "tail", "--from-beginning", "--format", "json");
      try (Answered answered = Answered.of(fleet)) {
        int jobs = 2;
        for (Outage outage :
            List.of(
                new Outage("terminated", false, Duration.ZERO),
                new Outage("killed", true, Duration.ZERO),
                new Outage("away for 30 s", true, AWAY))) {
          answered.await(jobs, PATIENCE);
          work.submit("before-" + outage.batch(), BACKLOG, CHANNELS);
          answered.await(jobs + 2, PATIENCE);
          // When the broker leaves while more is submitted, and comes back
          submitAcross(broker, trial, outage);
          jobs += 2 * BACKLOG + JOBS;
        }
        answered.await(jobs, PATIENCE);
      }
      // Then everything that was sent is done, and the watcher has seen all of it
      crew.leave();
      trial.audit().requireFailed(0);
      assertThat(seenBy(tail, fleet)).isTrue();
      tail.process().destroyForcibly();
    }
  }

  private static void submitAcross(BrokerUnderTest broker, Trial trial, Outage outage)
      throws Exception {
    String batch = outage.batch();
    Work work = Work.of(trial);
    Object[] line = work.line(batch, work.songs(batch, TRACKS), CHANNELS);
    Command submit = heldInTheMiddle(trial, batch, line);
    if (outage.killed()) {
      broker.kill();
    } else {
      broker.terminate();
    }
    submit.signal("CONT");
    Thread.sleep(outage.away());
    broker.comeBack();
    trial.did("broker " + outage.name());
    assertThat(submit.await()).as(submit.text()).isZero();
  }

  /// Starts a submit and has it stand still as soon as something of it is on its way.
  private static Command heldInTheMiddle(Trial trial, String batch, Object[] line) {
    TestFleet fleet = trial.fleet();
    Topics topics = fleet.clients().settings().topics();
    Set<String> both = Set.of(topics.batches(), topics.jobs());
    try (TopicReader reader = TopicReader.fromEnd(fleet.clients(), both)) {
      Command submit = Command.start(fleet, batch, line);
      List<TopicReader.Entry> sent = new ArrayList<>();
      while (sent.isEmpty()) {
        sent.addAll(reader.poll(Duration.ofMillis(100)));
      }
      submit.signal("STOP");
      sent.addAll(reader.poll(Duration.ofMillis(300)));
      trial.did(
          "jobs of the submits sent before",
          (int) sent.stream().filter(entry -> entry.topic().equals(topics.jobs())).count());
      return submit;
    }
  }

  private static boolean seenBy(Command tail, TestFleet fleet) throws InterruptedException {
    Set<String> done =
        Evidence.of(fleet).answers().values().stream()
            .map(Result::jobId)
            .collect(Collectors.toSet());
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < end) {
      String seen = tail.text();
      if (done.stream().allMatch(seen::contains)) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }

  @Test
  void aClusterOfThreeLosesTheOneThatHasTheQueue() throws Exception {
    Cluster cluster = Cluster.start(folder);
    try (Trial trial =
        Trial.over("cluster", cluster, cluster.settings().withLock(Trial.LOCK), folder)) {
      // Given two workers at work on three brokers, with three replicas of every topic
      TestFleet fleet = trial.fleet();
      Work.of(trial).submit("batch", TRACKS, CHANNELS);
      TopicDescription queue = description(fleet);
      assertThat(queue.partitions().getFirst().replicas()).hasSize(3);
      Crew crew = Crew.of(fleet, 2);
      try (Answered answered = Answered.of(fleet)) {
        answered.await(4, PATIENCE);
        // When the broker that leads the queue dies for good
        cluster.kill(queue.partitions().getFirst().leader().id());
        trial.did("brokers of three killed");
        // Then everything is done all the same
        answered.await(JOBS, PATIENCE);
      }
      crew.leave();
      trial.audit().requireFailed(0);
    }
  }

  private static TopicDescription description(TestFleet fleet) throws Exception {
    String jobs = fleet.clients().settings().topics().jobs();
    try (Admin admin = fleet.clients().admin()) {
      return admin.describeTopics(List.of(jobs)).allTopicNames().get().get(jobs);
    }
  }

  @Test
  void aWorkerWhoseNetworkIsCut() throws Exception {
    int port = Ports.free();
    int seen = Ports.free();
    int real = Ports.free();
    LocalBroker broker =
        LocalBroker.start(
            LocalBroker.Options.in(folder.resolve("broker"))
                .onPort(port)
                .with(withSecondListener(port, seen, real)));
    try (Trial trial =
            Trial.over("partition", broker, broker.settings().withLock(Trial.LOCK), folder);
        Cable cable = Cable.between(seen, real);
        TestFleet beyond =
            new TestFleet(
                KafkaSettings.of("localhost:" + seen).withLock(Trial.LOCK),
                trial.fleet().folder())) {
      // Given a worker beyond a cable, in the middle of a track
      Work work = Work.of(trial);
      WorkerUnderTest far = beyond.worker("far");
      work.submitOne("batch", "short cut", Work.LONG_SECONDS, "main");
      awaitSeparating(trial, "short cut");
      // When the cable is cut for less than the lock, then it finishes its job
      cable.cut();
      Thread.sleep(Trial.LOCK.dividedBy(4));
      cable.mend();
      trial.did("cut shorter than the lock");
      Result own = trial.fleet().awaitResults("batch", 1).getFirst();
      assertThat(own.attempt()).isEqualTo(1);
      assertThat(startedBy(trial, "short cut")).containsExactly("far");
      // When it is cut for longer, then a rival has the job
      work.submitOne("batch", "long cut", Work.LONG_SECONDS, "main");
      awaitSeparating(trial, "long cut");
      cable.cut();
      WorkerUnderTest near = trial.fleet().startWorker("near");
      trial.fleet().awaitEvent(Event.Started.class, event -> event.worker().equals("near"));
      cable.mend();
      trial.did("cut longer than the lock");
      trial.fleet().awaitResults("batch", 2);
      assertThat(startedBy(trial, "long cut")).contains("far", "near");
      // And the one that was cut off works again
      near.terminate();
      near.awaitExit();
      work.submitOne("batch", "afterwards", Work.SHORT_SECONDS, "main");
      trial.fleet().awaitResults("batch", 3);
      far.terminate();
      assertThat(far.awaitExit()).isZero();
      trial.audit().requireFailed(0);
    }
  }

  private static Map<String, String> withSecondListener(int port, int seen, int real) {
    int controller = Ports.free();
    return Map.of(
        "listeners",
        "CLIENTS://localhost:%d,BEYOND://localhost:%d,CONTROLLER://localhost:%d"
            .formatted(port, real, controller),
        "advertised.listeners",
        "CLIENTS://localhost:%d,BEYOND://localhost:%d".formatted(port, seen),
        "controller.quorum.voters",
        "1@localhost:" + controller,
        "listener.security.protocol.map",
        "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT,BEYOND:PLAINTEXT",
        "group.share.min.record.lock.duration.ms",
        "1000");
  }

  private static void awaitSeparating(Trial trial, String title) {
    Event.Started started =
        trial.fleet().awaitEvent(Event.Started.class, event -> event.title().equals(title));
    trial
        .fleet()
        .awaitEvent(
            Event.Progressed.class,
            event ->
                event.jobId().equals(started.jobId())
                    && event.stage().equals("separate")
                    && event.fraction() > 0);
  }

  private static List<String> startedBy(Trial trial, String title) {
    return Evidence.of(trial.fleet()).events(Event.Started.class).stream()
        .filter(event -> event.title().equals(title))
        .map(Event.Started::worker)
        .toList();
  }
}
