package dev.stemfleet.worker.queue;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.ShareGroup;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The queue as a member of a Kafka share group. Thread-safe; caller closes.
///
/// The lock's length is the group's (`share.record.lock.duration.ms`); it is renewed every quarter
/// of it, whatever the job's length. A job on its very last delivery is not handed out but
/// published afresh, because a worker killed with it would take it out of the queue without a
/// result.
public final class ShareQueue implements JobQueue {
  private static final Duration TROUBLE_IS_OLD = Duration.ofSeconds(15);
  private static final Duration PROBE_TIME = Duration.ofSeconds(2);
  private static final Duration LEAVE_TIME = Duration.ofSeconds(20);

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final InHand inHand;
  private final LeaseLoop loop;
  private final Thread thread;

  private ShareQueue(KafkaClients clients, Outbox outbox, int deliveryLimit) {
    String topic = clients.settings().topics().jobs();
    ShareDelivery.Publisher publisher =
        (key, value, headers) -> outbox.publish(topic, key, value, headers);
    this.inHand =
        new InHand(
            (record, lease) -> new ShareDelivery(loop(), publisher, deliveryLimit, record, lease));
    this.loop = new LeaseLoop(() -> join(clients, topic), inHand);
    this.thread = Thread.ofPlatform().name("stemfleet-kafka").daemon().unstarted(loop);
  }

  /// Reads the group's delivery limit and starts the Kafka thread. The group is joined at the first
  /// {@link #take}.
  ///
  /// @param outbox sends what is republished; the caller closes it after this queue
  /// @throws JobException if the broker does not answer
  public static ShareQueue open(KafkaClients clients, Outbox outbox) {
    ShareQueue queue = new ShareQueue(clients, outbox, ShareGroup.deliveryLimit(clients));
    queue.thread.start();
    return queue;
  }

  @Override
  public Optional<Delivery> take(Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    loop.waits();
    try {
      Optional<Delivery> next = Optional.ofNullable(inHand.next(deadline));
      if (next.isEmpty() && !stopped.get()) {
        throwIfHopeless();
      }
      return next;
    } finally {
      loop.waitsNoMore();
    }
  }

  @Override
  public void stopTaking() {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    loop.stop();
    inHand.stopHandingOut();
  }

  @Override
  public Optional<String> trouble() {
    return loop.trouble()
        .filter(trouble -> System.nanoTime() - trouble.atNanos() < TROUBLE_IS_OLD.toNanos())
        .map(Setbacks.Trouble::message);
  }

  @Override
  public void close() {
    stopTaking();
    inHand.unanswered().forEach(ShareDelivery::giveBack);
    loop.end();
    try {
      thread.join(LEAVE_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Joins the group once a broker answers: a share consumer that finds none would spin.
  private static Lease join(KafkaClients clients, String topic) {
    clients.probe(PROBE_TIME);
    return new Lease(clients.shareConsumer(), topic);
  }

  private LeaseLoop loop() {
    return loop;
  }

  private void throwIfHopeless() {
    loop.trouble()
        .filter(Setbacks.Trouble::lasting)
        .filter(trouble -> System.nanoTime() - trouble.atNanos() < TROUBLE_IS_OLD.toNanos())
        .ifPresent(
            trouble -> {
              throw new JobException(
                  FailureCode.BROKER_UNREACHABLE, "The queue cannot be read: " + trouble.message());
            });
  }
}
