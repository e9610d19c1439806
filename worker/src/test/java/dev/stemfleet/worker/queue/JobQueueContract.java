package dev.stemfleet.worker.queue;

import static dev.stemfleet.worker.queue.QueueBench.take;
import static dev.stemfleet.worker.queue.QueueBench.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.fixture.TestTracks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What every implementation of {@link JobQueue} guarantees, tried on a real broker.
@ExtendWith(SharedBroker.class)
abstract class JobQueueContract {
  static final Duration LOCK = Duration.ofSeconds(2);

  private QueueBench bench;

  abstract QueueKind kind();

  @BeforeEach
  void setUp(KafkaSettings settings) {
    bench = new QueueBench(kind(), settings, LOCK);
  }

  @AfterEach
  void tearDown() throws Exception {
    bench.close();
  }

  QueueBench bench() {
    return bench;
  }

  @Test
  void everyJobIsHandedOutOnceInOrder() throws InterruptedException {
    // Given jobs sent before the first worker is there
    bench.publish(3, 2);
    JobQueue queue = bench.openQueue();
    // When they are taken and accepted
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Delivery delivery = take(queue);
      assertThat(delivery.leased()).isTrue();
      assertThat(delivery.deliveryCount()).isEqualTo(1);
      taken.add(text(delivery));
      assertThat(delivery.accept()).isEqualTo(Answer.TAKEN);
    }
    // Then each came once, and nothing is left
    assertThat(taken)
        .containsExactly("track0/0", "track0/1", "track1/0", "track1/1", "track2/0", "track2/1");
    assertThat(queue.take(Duration.ofMillis(500))).isEmpty();
  }

  @Test
  void aReleasedJobComesAgainAndARejectedOneDoesNot() throws InterruptedException {
    bench.publish(1, 2);
    JobQueue queue = bench.openQueue();
    Delivery rejected = take(queue);
    Delivery released = take(queue);
    assertThat(rejected.reject()).isEqualTo(Answer.TAKEN);
    assertThat(released.release()).isEqualTo(Answer.TAKEN);

    Delivery again = take(queue);
    assertThat(text(again)).isEqualTo(text(released));
    assertThat(again.deliveryCount()).isEqualTo(2);
    again.accept();
    assertThat(queue.take(Duration.ofMillis(500))).isEmpty();
  }

  @Test
  void whatIsAcceptedSoonIsGoneWhetherAnotherTakeFollowsOrNot() throws InterruptedException {
    // Given a track of two jobs and one of a single job
    bench.publish(1, 2);
    JobQueue queue = bench.openQueue();
    // When each is accepted without waiting: inside a batch, before a take, and before nothing
    Delivery first = take(queue);
    first.acceptSoon();
    assertThatThrownBy(first::accept).isInstanceOf(IllegalStateException.class);
    assertThat(first.leased()).isFalse();
    take(queue).acceptSoon();
    bench.publish(1, 1);
    take(queue).acceptSoon();
    // Then nobody gets one of them again, also when their locks would have run out
    assertThat(bench.openQueue().take(LOCK.plusSeconds(1))).isEmpty();
  }

  @Test
  void whatIsAcceptedSoonIsAcceptedByTheCloseAndTheRestOfTheBatchGivenBack()
      throws InterruptedException {
    bench.publish(1, 2);
    JobQueue queue = bench.openQueue();
    take(queue).acceptSoon();
    assertThat(text(take(queue))).isEqualTo("track0/1");
    queue.close();

    JobQueue next = bench.openQueue();
    Delivery rest = take(next);
    assertThat(text(rest)).isEqualTo("track0/1");
    rest.acceptSoon();
    next.close();
    assertThat(bench.openQueue().take(LOCK.plusSeconds(1))).isEmpty();
  }

  @Test
  void aSecondAnswerIsADefect() throws InterruptedException {
    bench.publish(1, 1);
    Delivery delivery = take(bench.openQueue());
    delivery.accept();
    assertThatThrownBy(delivery::accept).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(delivery::release).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(delivery::reject).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(delivery::republish).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(delivery::renew).isInstanceOf(IllegalStateException.class);
    assertThat(delivery.leased()).isFalse();
  }

  @Test
  void aRepublishedJobComesAgainAsNewWithItsHeaders() throws InterruptedException {
    try (TestTracks tracks = bench.openTracks()) {
      tracks.send("track", List.of(new byte[] {7}), Map.of("run", "r1"));
    }
    JobQueue queue = bench.openQueue();
    Delivery first = take(queue);
    assertThat(first.republish()).isEqualTo(Answer.TAKEN);

    Delivery again = take(queue);
    assertThat(again.offset()).isGreaterThan(first.offset());
    assertThat(again.deliveryCount()).isEqualTo(1);
    assertThat(again.key()).isEqualTo("track");
    assertThat(again.value()).containsExactly(7);
    assertThat(again.headers()).containsExactly(Map.entry("run", "r1"));
    again.accept();
    assertThat(queue.take(Duration.ofMillis(500))).isEmpty();
  }

  @Test
  void aJobOfManyLocksIsNotRedeliveredInSpiteOfBacklogRivalsAndIdleConnections()
      throws InterruptedException {
    // Given a job that is held, with more jobs of its batch waiting behind it
    KafkaSettings impatient = bench.settings().with("connections.max.idle.ms", "3000");
    bench.publish(1, 3);
    JobQueue queue = bench.openQueue(impatient);
    Delivery held = take(queue);
    // When a backlog of 50 and three rivals come, and it takes more than three locks
    try (TestTracks tracks = bench.openTracks()) {
      IntStream.range(0, 50).forEach(i -> bench.publishTrack(tracks, "backlog" + i, 1, 0));
    }
    List<QueueBench.Rival> rivals =
        List.of(
            bench.startRival(Duration.ofMillis(400)),
            bench.startRival(Duration.ofMillis(400)),
            bench.startRival(Duration.ofMillis(400)));
    Thread.sleep(LOCK.multipliedBy(7).dividedBy(2));
    // Then it is still ours, and so are those behind it
    held.renew();
    assertThat(held.leased()).isTrue();
    assertThat(held.deliveryCount()).as("never handed out again, to nobody").isEqualTo(1);
    assertThat(held.accept()).isEqualTo(Answer.TAKEN);
    for (int i = 1; i < 3; i++) {
      Delivery next = take(queue);
      assertThat(text(next)).isEqualTo("track0/" + i);
      assertThat(next.deliveryCount()).isEqualTo(1);
      assertThat(next.accept()).isEqualTo(Answer.TAKEN);
    }
    List<String> elsewhere = awaitDone(rivals, 50);
    assertThat(elsewhere).hasSize(50).doesNotHaveDuplicates().allMatch(it -> it.startsWith("back"));
  }

  @Test
  void aWorkerThatJoinsLateGetsTheNextTrackAtOnce() throws InterruptedException {
    // Given a worker that works on the first of three tracks
    bench.publish(3, 4);
    Delivery first = take(bench.openQueue());
    // When another joins
    Delivery next = take(bench.openQueue());
    // Then it has the second track: nothing was hoarded
    assertThat(text(first)).isEqualTo("track0/0");
    assertThat(text(next)).isEqualTo("track1/0");
    assertThat(next.deliveryCount()).isEqualTo(1);
  }

  @Test
  void takeReactsAtOnceToANewJob() throws InterruptedException {
    JobQueue queue = bench.openQueue();
    bench.publish(1, 1);
    take(queue).accept();
    // Given a worker that waits
    Thread publisher = Thread.startVirtualThread(() -> bench.publish(1, 1));
    long began = System.nanoTime();
    take(queue).accept();
    publisher.join();
    // Opening the producer is in the figure.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void noTrackIsSplitBetweenWorkersAfterACleanStart() throws InterruptedException {
    // Given 50 tracks of 6 channels
    try (TestTracks tracks = bench.openTracks()) {
      IntStream.range(0, 50).forEach(i -> bench.publishTrack(tracks, "track" + i, 6, 4096));
    }
    // When three workers share them
    List<QueueBench.Rival> workers =
        IntStream.range(0, 3).mapToObj(i -> bench.startRival(Duration.ofMillis(5))).toList();
    List<String> all = awaitDone(workers, 300);
    // Then every track was done by one of them, and each had some
    assertThat(all).hasSize(300).doesNotHaveDuplicates();
    Map<String, Set<Integer>> workersOfTrack = new HashMap<>();
    for (int worker = 0; worker < workers.size(); worker++) {
      for (String job : workers.get(worker).done()) {
        workersOfTrack
            .computeIfAbsent(job.substring(0, job.indexOf('/')), key -> new HashSet<>())
            .add(worker);
      }
    }
    assertThat(workersOfTrack).hasSize(50);
    assertThat(workersOfTrack.values()).allMatch(of -> of.size() == 1);
    assertThat(workers).allMatch(worker -> worker.done().size() >= 12);
  }

  @Test
  void drainTakesNothingNewGivesBackTheRestAndLeaves() throws InterruptedException {
    // Given a worker with a job in work and two more of the batch
    bench.publish(2, 3);
    JobQueue queue = bench.openQueue();
    Delivery inWork = take(queue);
    // When it drains
    queue.stopTaking();
    assertThat(queue.take(Duration.ofSeconds(5))).isEmpty();
    // Then the job in work is kept beyond its lock and can be finished
    Thread.sleep(LOCK.plusSeconds(1));
    assertThat(inWork.accept()).isEqualTo(Answer.TAKEN);
    queue.close();
    queue.close();
    // And all the others are there for the next worker
    JobQueue other = bench.openQueue();
    Set<String> rest = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      Delivery delivery = take(other);
      rest.add(text(delivery));
      delivery.accept();
    }
    assertThat(rest)
        .containsExactlyInAnyOrder("track0/1", "track0/2", "track1/0", "track1/1", "track1/2");
    assertThat(other.take(Duration.ofMillis(500))).isEmpty();
  }

  @Test
  void closeReleasesWhatIsUnanswered() throws InterruptedException {
    bench.publish(1, 1);
    JobQueue queue = bench.openQueue();
    Delivery left = take(queue);
    queue.close();
    assertThat(left.leased()).isFalse();
    assertThatThrownBy(left::accept).isInstanceOf(IllegalStateException.class);
    assertThat(text(take(bench.openQueue()))).isEqualTo("track0/0");
  }

  @Test
  void aStoppedWorkersJobRunsElsewhereWithinOneLockAndItNoticesWhenItGoesOn() throws Exception {
    // Given a worker process with a job
    bench.publish(1, 1);
    QueueBench.QueueWorker worker = bench.startProcess();
    assertThat(worker.line()).isEqualTo("track0/0");
    JobQueue queue = bench.openQueue();
    assertThat(queue.take(LOCK.dividedBy(2))).isEmpty();
    // When it is stopped
    worker.signal("STOP");
    long stopped = System.nanoTime();
    // Then its job runs elsewhere
    Delivery elsewhere = take(queue);
    assertThat(text(elsewhere)).isEqualTo("track0/0");
    assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(LOCK.plusSeconds(1));
    assertThat(elsewhere.accept()).isEqualTo(Answer.TAKEN);
    // And going on it learns before it places outputs that the job is no longer its own
    worker.signal("CONT");
    worker.finish();
    assertThat(worker.line()).isEqualTo("lost");
    assertThat(worker.line()).isEqualTo("LEASE_LOST");
  }

  @Test
  void aKilledWorkersJobRunsElsewhereWithinOneLock() throws Exception {
    bench.publish(1, 1);
    QueueBench.QueueWorker worker = bench.startProcess();
    assertThat(worker.line()).isEqualTo("track0/0");
    JobQueue queue = bench.openQueue();
    assertThat(queue.take(LOCK.dividedBy(2))).isEmpty();
    worker.signal("KILL");
    long killed = System.nanoTime();
    assertThat(text(take(queue))).isEqualTo("track0/0");
    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(LOCK.plusSeconds(1));
  }

  private static List<String> awaitDone(List<QueueBench.Rival> rivals, int count)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    List<String> all = new ArrayList<>();
    while (System.nanoTime() < deadline) {
      all.clear();
      rivals.forEach(rival -> all.addAll(rival.done()));
      if (all.size() >= count) {
        break;
      }
      Thread.sleep(50);
    }
    return all;
  }
}
