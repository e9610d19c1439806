package dev.stemfleet.worker.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Kafka thread of a worker: the only caller of its [Lease].
///
/// While something is held it does nothing but renew and answer; only when nothing is held and
/// somebody waits for a job (or work whose lease was lost still runs and might be joined) does it
/// poll for more.
final class LeaseLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(LeaseLoop.class);
  private static final Duration POLL_SLICE = Duration.ofMillis(200);

  /// Joins the group.
  interface Opener {
    /// @param commands what other threads ask for while a rebalance has to wait
    Lease open(KafkaThreadCommands commands);
  }

  private final Opener opener;
  private final InHand inHand;
  private final KafkaThreadCommands commands = new KafkaThreadCommands();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Setbacks setbacks = new Setbacks();

  // Written by the Kafka thread alone:
  private volatile @Nullable Lease lease;
  private final AtomicLong former = new AtomicLong();
  private boolean fetching;
  private boolean stopped;
  private boolean ending;

  LeaseLoop(Opener opener, InHand inHand) {
    this.opener = opener;
    this.inHand = inHand;
  }

  // ---- Any thread -------------------------------------------------------------------------------

  /// Somebody waits for a job from now on, until {@link #waitsNoMore}.
  void waits() {
    if (waiting.getAndIncrement() == 0) {
      commands.add(this::woken);
    }
  }

  void waitsNoMore() {
    waiting.decrementAndGet();
  }

  boolean renew(LeasedDelivery delivery) {
    return commands.call(
        () -> delivery.heldBy(lease) && renewAll() && delivery.heldBy(lease), false);
  }

  Answer answer(LeasedDelivery delivery, Ending ending, List<Letter> told) {
    return commands.call(() -> answerNow(delivery, ending, told), Answer.LEASE_LOST);
  }

  /// Accepts without waiting. If nothing is held any more, the fetch of the next job begins at once
  /// and takes it along.
  void acceptSoon(LeasedDelivery delivery) {
    commands.add(() -> acceptNow(delivery));
  }

  /// Polls no more; leaves the group when nothing is held any longer.
  void stop() {
    commands.add(() -> stopped = true);
  }

  /// Gives back what is held, leaves the group and ends the thread.
  void end() {
    commands.add(() -> ending = true);
  }

  /// Renewals that the broker confirmed, of all leases so far.
  long renewals() {
    Lease now = lease;
    return former.get() + (now == null ? 0 : now.renewals());
  }

  Optional<Setbacks.Trouble> trouble() {
    return setbacks.trouble();
  }

  // ---- The Kafka thread -------------------------------------------------------------------------

  @Override
  public void run() {
    try {
      for (commands.run(); !ending; commands.run()) {
        step();
      }
    } catch (InterruptedException e) {
      log.debug("The Kafka thread was interrupted and ends.", e);
    } finally {
      leave();
      commands.end();
    }
  }

  private void step() throws InterruptedException {
    Lease now = lease;
    boolean holds = now != null && now.holdsAny();
    if (!holds && wantsJobs()) {
      pollOnce();
    } else if (!holds && stopped) {
      leave();
      commands.runNext(Long.MAX_VALUE);
    } else if (now == null) {
      commands.runNext(Long.MAX_VALUE);
    } else {
      long rest = now.tendAtNanos() - System.nanoTime();
      if (rest <= 0 || !commands.runNext(rest)) {
        keep(now, now::tend);
      }
    }
  }

  private void woken() {
    // Nothing to do: a command makes the thread look around.
  }

  private boolean wantsJobs() {
    // Once a fetch is under way its records may arrive at any time and must not lie around
    // unleased.
    return !stopped && (waiting.get() > 0 || fetching || inHand.anyUnanswered());
  }

  private boolean renewAll() {
    Lease now = lease;
    return now != null && keep(now, now::renew);
  }

  private boolean keep(Lease now, BooleanSupplier renewal) {
    try {
      if (renewal.getAsBoolean()) {
        return true;
      }
      log.warn("The lease could not be renewed: its jobs may be running elsewhere now.");
      inHand.lose(now);
    } catch (RuntimeException e) {
      giveUp(now, e);
    }
    return false;
  }

  private Answer answerNow(LeasedDelivery delivery, Ending ending, List<Letter> told) {
    inHand.answered(delivery);
    Lease now = lease;
    if (now == null || !delivery.heldBy(now)) {
      return Answer.LEASE_LOST;
    }
    try {
      return now.answer(delivery.record(), ending, told) ? Answer.TAKEN : Answer.LEASE_LOST;
    } catch (RuntimeException e) {
      giveUp(now, e);
      return Answer.LEASE_LOST;
    }
  }

  private void acceptNow(LeasedDelivery delivery) {
    inHand.answered(delivery);
    Lease now = lease;
    if (now != null && delivery.heldBy(now)) {
      try {
        fetching = now.acceptSoon(delivery.record());
      } catch (RuntimeException e) {
        giveUp(now, e);
      }
    }
  }

  private void pollOnce() throws InterruptedException {
    Lease now = lease;
    try {
      if (now == null) {
        now = reopened();
      }
      if (now == null) {
        return;
      }
      fetching = true;
      List<ConsumerRecord<String, byte[]>> records = now.poll(POLL_SLICE);
      if (!records.isEmpty()) {
        fetching = false;
        setbacks.over();
        inHand.add(records, now);
      } else if (now.silent()) {
        setbacks.silence();
      }
    } catch (RuntimeException e) {
      giveUp(now, e);
    }
  }

  private @Nullable Lease reopened() throws InterruptedException {
    long rest = setbacks.restNanos();
    if (rest > 0) {
      commands.runNext(rest);
      return null;
    }
    lease = opener.open(commands);
    return lease;
  }

  private void giveUp(@Nullable Lease broken, RuntimeException e) {
    setbacks.met(e);
    if (broken != null) {
      former.addAndGet(broken.renewals());
      inHand.lose(broken);
      broken.abandon();
    }
    lease = null;
    fetching = false;
  }

  private void leave() {
    Lease now = lease;
    lease = null;
    fetching = false;
    if (now == null) {
      return;
    }
    former.addAndGet(now.renewals());
    inHand.lose(now);
    try {
      now.close();
    } catch (RuntimeException e) {
      log.warn("The group could not be left in order: {}", e.getMessage());
    }
  }
}
