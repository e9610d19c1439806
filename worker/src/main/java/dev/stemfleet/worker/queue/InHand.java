package dev.stemfleet.worker.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The deliveries that this worker has: waiting to be handed out, or handed out and unanswered.
/// Thread-safe; only the Kafka thread adds.
final class InHand {
  private static final Logger log = LoggerFactory.getLogger(InHand.class);

  private final BlockingQueue<Optional<LeasedDelivery>> ready = new LinkedBlockingQueue<>();
  private final List<LeasedDelivery> unanswered = new CopyOnWriteArrayList<>();
  private final BiFunction<ConsumerRecord<String, byte[]>, Lease, LeasedDelivery> wrapper;

  private final AtomicLong lostSoFar = new AtomicLong();
  private volatile boolean stopped;

  /// @param wrapper makes the delivery of a record
  InHand(BiFunction<ConsumerRecord<String, byte[]>, Lease, LeasedDelivery> wrapper) {
    this.wrapper = wrapper;
  }

  /// The next leased delivery; null if none came in time or taking has stopped.
  @Nullable LeasedDelivery next(long deadlineNanos) throws InterruptedException {
    while (true) {
      Optional<LeasedDelivery> next =
          ready.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return null;
      }
      if (next.isEmpty()) {
        ready.add(next);
        return null;
      }
      if (next.get().leased()) {
        return next.get();
      }
      next.get().giveBack();
    }
  }

  /// Wakes everybody who waits, now and later, and gives back what nobody has taken yet.
  void stopHandingOut() {
    stopped = true;
    for (Optional<LeasedDelivery> next = ready.poll(); next != null; next = ready.poll()) {
      next.ifPresent(LeasedDelivery::giveBack);
    }
    ready.add(Optional.empty());
  }

  List<LeasedDelivery> unanswered() {
    return List.copyOf(unanswered);
  }

  boolean anyUnanswered() {
    return !unanswered.isEmpty();
  }

  void answered(LeasedDelivery delivery) {
    unanswered.remove(delivery);
  }

  /// Takes in a new batch: what still runs here joins its work, the rest is to be handed out.
  void add(List<ConsumerRecord<String, byte[]>> records, Lease lease) {
    List<LeasedDelivery> fresh = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      Optional<LeasedDelivery> running =
          unanswered.stream().filter(delivery -> delivery.isSameJob(record)).findFirst();
      if (running.isPresent()) {
        running.get().join(record, lease);
        log.info("The job at offset {} came back and goes on.", record.offset());
      } else {
        fresh.add(wrapper.apply(record, lease));
      }
    }
    unanswered.addAll(fresh);
    fresh.forEach(this::handOut);
  }

  /// Marks everything under this lease as lost.
  void lose(Lease lost) {
    List<LeasedDelivery> concerned =
        unanswered.stream().filter(delivery -> delivery.heldBy(lost)).toList();
    lostSoFar.addAndGet(concerned.size());
    for (LeasedDelivery delivery : concerned) {
      delivery.loseLease();
      if (ready.remove(Optional.of(delivery))) {
        // Nobody works on it, so there is nothing that could join.
        unanswered.remove(delivery);
      }
    }
  }

  /// How many leases were lost so far.
  long lost() {
    return lostSoFar.get();
  }

  private void handOut(LeasedDelivery delivery) {
    if (stopped) {
      apart(delivery::giveBack);
    } else if (delivery.deliveryCount() < delivery.deliveryLimit() - spared(delivery)) {
      ready.add(Optional.of(delivery));
    } else {
      // On its last delivery a killed worker would take it out of the queue without a result.
      apart(() -> republish(delivery));
    }
  }

  /// Deliveries that nobody may see: a batch that was fetched too early, by a worker that then dies
  /// or leaves, was delivered as well.
  private static int spared(LeasedDelivery delivery) {
    return (delivery.deliveryLimit() - 1) / 3;
  }

  /// Answers wait for the Kafka thread, so it cannot give them itself.
  private static void apart(Runnable answer) {
    Thread.ofVirtual().name("stemfleet-give-back").start(answer);
  }

  private void republish(LeasedDelivery delivery) {
    try {
      delivery.republish();
    } catch (IllegalStateException e) {
      log.debug("Answered while it was to be published afresh.", e);
    } catch (RuntimeException e) {
      log.warn("A job on its last delivery could not be published afresh; it is run.", e);
      ready.add(Optional.of(delivery));
    }
  }
}
