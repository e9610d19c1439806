package dev.stemfleet.worker.queue;

import static dev.stemfleet.worker.queue.QueueBench.take;
import static dev.stemfleet.worker.queue.QueueBench.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.fixture.TestTracks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  @Keeps({Promise.ONCE, Promise.ORDER})
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
  @Keeps({Promise.RELEASE, Promise.COUNT})
  void aReleasedJobComesAgainAndARejectedOneDoesNot() throws InterruptedException {
    bench.publish(1, 2);
    JobQueue queue = bench.openQueue();
    assertThat(take(queue).reject()).isEqualTo(Answer.TAKEN);
    Delivery released = take(queue);
    assertThat(released.release()).isEqualTo(Answer.TAKEN);

    Delivery again = take(queue);
    assertThat(text(again)).isEqualTo(text(released));
    assertThat(again.deliveryCount()).isEqualTo(2);
    again.accept();
    assertThat(queue.take(Duration.ofMillis(500))).isEmpty();
  }

  @Test
  @Keeps(Promise.ONCE)
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
  @Keeps(Promise.ONCE)
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
  @Keeps(Promise.ONCE)
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
  @Keeps(Promise.REPUBLISH)
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
  @Keeps(Promise.LONG_JOBS)
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
    assertThat(queue.leases().renewals()).isGreaterThanOrEqualTo(7);
    assertThat(queue.leases().lost()).isZero();
    assertThat(held.accept()).isEqualTo(Answer.TAKEN);
    for (int i = 1; i < 3; i++) {
      Delivery next = take(queue);
      assertThat(text(next)).isEqualTo("track0/" + i);
      assertThat(next.deliveryCount()).isEqualTo(1);
      assertThat(next.accept()).isEqualTo(Answer.TAKEN);
    }
    List<QueueBench.Rival> all = new ArrayList<>(rivals);
    all.add(bench.startRival(queue, Duration.ZERO));
    List<String> done = awaitDone(all, 50);
    assertThat(done).hasSize(50).doesNotHaveDuplicates().allMatch(it -> it.startsWith("back"));
  }

  @Test
  @Keeps(Promise.HELD)
  void aWorkerHoldsWhatItsTermsSay() throws InterruptedException {
    bench.publish(1, 2);
    JobQueue queue = bench.openQueue();
    Delivery first = take(queue);
    switch (kind().terms().held()) {
      case TRACK -> {
        Delivery second = take(queue);
        assertThat(second.accept()).isEqualTo(Answer.TAKEN);
        assertThat(first.accept()).isEqualTo(Answer.TAKEN);
      }
      case JOB -> {
        assertThat(queue.take(Duration.ofMillis(500))).isEmpty();
        assertThat(first.accept()).isEqualTo(Answer.TAKEN);
        assertThat(text(take(queue))).isEqualTo("track0/1");
      }
    }
  }

  @Test
  @Keeps(Promise.LATE)
  void aWorkerThatJoinsLateGetsWhatItsTermsSay() throws InterruptedException {
    // Given a worker that works on the first of many tracks, one at least in every partition
    bench.publish(QueueBench.PARTITIONS, 4);
    Delivery first = take(bench.openQueue());
    assertThat(text(first)).isEqualTo("track0/0");
    // When another joins
    Delivery next = take(bench.openQueue());
    // Then it has a track of its own: nothing was hoarded
    switch (kind().terms().late()) {
      case NEXT_TRACK -> assertThat(text(next)).isEqualTo("track1/0");
      case TRACK_OF_ITS_PARTITIONS -> assertThat(text(next)).matches("track([1-9]|1[01])/0");
    }
    assertThat(next.deliveryCount()).isEqualTo(1);
    // And the first one did not have to give up its own
    first.renew();
    assertThat(first.accept()).isEqualTo(Answer.TAKEN);
  }

  @Test
  @Keeps(Promise.AT_ONCE)
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
  @Keeps({Promise.ONCE, Promise.ONE_WORKER})
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
  @Keeps({Promise.LEAVING, Promise.REST})
  void drainTakesNothingNewGivesBackTheRestAndLeaves() throws InterruptedException {
    // Given a worker with a job in work, two more of the batch and another track
    bench.publish(2, 3);
    JobQueue queue = bench.openQueue();
    Delivery inWork = take(queue);
    // When it drains
    queue.stopTaking();
    assertThat(queue.take(Duration.ofSeconds(5))).isEmpty();
    // Then the job in work is kept beyond its lock and can be finished
    JobQueue other = bench.openQueue();
    Optional<Delivery> early = other.take(LOCK.plusSeconds(1));
    switch (kind().terms().leaving()) {
      case GIVES_BACK_THE_REST -> {
        assertThat(early).isPresent();
        Thread.sleep(LOCK.plusSeconds(1));
      }
      case KEEPS_THE_REST ->
          // Another partition may have moved, but not the one of the last job.
          early.ifPresent(delivery -> assertThat(text(delivery)).startsWith("track1"));
    }
    assertThat(inWork.accept()).isEqualTo(Answer.TAKEN);
    queue.close();
    queue.close();
    // And all the others are there for the next worker
    Set<String> rest = new HashSet<>();
    early.ifPresent(delivery -> rest.add(accepted(delivery)));
    while (rest.size() < 5) {
      assertThat(rest.add(accepted(take(other)))).isTrue();
    }
    assertThat(rest)
        .containsExactlyInAnyOrder("track0/1", "track0/2", "track1/0", "track1/1", "track1/2");
    assertThat(other.take(Duration.ofMillis(500))).isEmpty();
  }

  @Test
  @Keeps(Promise.RELEASE)
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
  @Keeps({Promise.SILENT, Promise.ZOMBIE})
  void aStoppedWorkersJobRunsElsewhereWithinOneLockAndItNoticesWhenItGoesOn() throws Exception {
    // Given a worker process with a job
    QueueBench.QueueWorker worker = processWithAJob();
    JobQueue queue = rivalThatWaits();
    // When it is stopped
    worker.signal("STOP");
    long stopped = System.nanoTime();
    // Then its job runs elsewhere
    Delivery elsewhere = take(queue);
    assertThat(text(elsewhere)).isEqualTo("track0/0");
    assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(longestSilence());
    assertThat(elsewhere.accept(result("other"))).isEqualTo(Answer.TAKEN);
    // And going on it learns before it places outputs that the job is no longer its own
    worker.signal("CONT");
    worker.finish();
    assertThat(worker.line()).isEqualTo("lost");
    assertThat(worker.line()).isEqualTo("LEASE_LOST");
    assertThat(bench.results()).containsExactly("other");
  }

  @Test
  @Keeps(Promise.TELLING)
  void theResultOfAWorkerThatLostItsJobIsWhatItsTermsSay() throws Exception {
    // Given a worker process that stands still, and its job done elsewhere
    QueueBench.QueueWorker worker = processWithAJob();
    JobQueue queue = rivalThatWaits();
    worker.signal("STOP");
    assertThat(take(queue).accept(result("other"))).isEqualTo(Answer.TAKEN);
    // When it goes on and tells of the job without looking first
    worker.tell("zombie");
    worker.signal("CONT");
    assertThat(worker.line()).isEqualTo("LEASE_LOST");
    // Then that is what it is
    switch (kind().terms().telling()) {
      case RESULT_FIRST -> assertThat(bench.results()).containsExactly("other", "zombie");
      case ONE_TRANSACTION -> assertThat(bench.results()).containsExactly("other");
    }
  }

  @Test
  @Keeps(Promise.SILENT)
  void aKilledWorkersJobRunsElsewhereWithinOneLock() throws Exception {
    QueueBench.QueueWorker worker = processWithAJob();
    JobQueue queue = rivalThatWaits();
    worker.signal("KILL");
    long killed = System.nanoTime();
    assertThat(text(take(queue))).isEqualTo("track0/0");
    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(longestSilence());
  }

  private QueueBench.QueueWorker processWithAJob() throws IOException {
    bench.publish(1, 1);
    QueueBench.QueueWorker worker = bench.startProcess();
    assertThat(worker.line()).isEqualTo("track0/0");
    return worker;
  }

  private JobQueue rivalThatWaits() throws InterruptedException {
    JobQueue queue = bench.openQueue();
    assertThat(queue.take(LOCK.dividedBy(2))).isEmpty();
    return queue;
  }

  private Duration longestSilence() {
    return kind().terms().silent().longest(LOCK);
  }

  private List<Letter> result(String text) {
    return bench.result(text);
  }

  private static String accepted(Delivery delivery) {
    assertThat(delivery.accept()).isEqualTo(Answer.TAKEN);
    return text(delivery);
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
