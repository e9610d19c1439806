package dev.stemfleet.worker.queue;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A queue whose jobs are held by a [Lease] that a thread of its own looks after. Thread-safe;
/// caller closes.
final class LeasedQueue implements JobQueue {
  private static final Duration TROUBLE_IS_OLD = Duration.ofSeconds(15);
  private static final Duration LEAVE_TIME = Duration.ofSeconds(20);

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final LeasedDelivery.Desk desk;
  private final InHand inHand;
  private final LeaseLoop loop;
  private final Thread thread;

  private LeasedQueue(LeaseLoop.Opener opener, Function<LeaseLoop, LeasedDelivery.Desk> desks) {
    this.inHand = new InHand(this::delivery);
    this.loop = new LeaseLoop(opener, inHand);
    this.desk = desks.apply(loop);
    this.thread = Thread.ofPlatform().name("stemfleet-kafka").daemon().unstarted(loop);
  }

  /// Starts the Kafka thread. The group is joined at the first {@link #take}.
  ///
  /// @param opener joins the group
  /// @param desks answers deliveries with the help of the Kafka thread
  static LeasedQueue start(
      LeaseLoop.Opener opener, Function<LeaseLoop, LeasedDelivery.Desk> desks) {
    LeasedQueue queue = new LeasedQueue(opener, desks);
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
  public LeaseCounts leases() {
    return new LeaseCounts(loop.renewals(), inHand.lost());
  }

  @Override
  public void close() {
    stopTaking();
    inHand.unanswered().forEach(LeasedDelivery::giveBack);
    loop.end();
    try {
      thread.join(LEAVE_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LeasedDelivery delivery(ConsumerRecord<String, byte[]> record, Lease lease) {
    return new LeasedDelivery(desk, record, lease);
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
