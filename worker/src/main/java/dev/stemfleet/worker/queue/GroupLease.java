package dev.stemfleet.worker.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member of a consumer group that holds one job at a time.
///
/// Its fence is the transaction: messages and the job's offset are committed together, by whoever
/// the group still knows as the owner of the job's partition, or not at all. A renewal is such a
/// transaction without messages that leaves the offset where it is.
///
/// While a job is held nothing is fetched, but the consumer is polled all the time, so that
/// rebalances go on.
final class GroupLease implements Lease {
  private static final Logger log = LoggerFactory.getLogger(GroupLease.class);
  private static final Duration POLL_EVERY = Duration.ofMillis(50);
  private static final Duration LEAVE_TIME = Duration.ofSeconds(5);
  private static final int RENEWALS_PER_LOCK = 4;

  private final Consumer<String, byte[]> consumer;
  private final Transactions transactions;
  private final Shelf shelf;
  private final HeldJob job;
  private final Rebalances rebalances;
  private final GroupCommits commits;
  private final Contact contact;

  private long polledNanos = System.nanoTime();
  private long triedNanos = polledNanos;
  private final AtomicLong renewals = new AtomicLong();
  private boolean abandoned;

  /// @param commands run while a rebalance waits for the held job
  /// @param job that is held, none yet
  /// @param longest for how long a rebalance waits for a job
  GroupLease(
      Consumer<String, byte[]> consumer,
      Transactions transactions,
      KafkaThreadCommands commands,
      HeldJob job,
      String topic,
      Duration longest) {
    this.consumer = consumer;
    this.transactions = transactions;
    this.shelf = new Shelf(consumer);
    this.job = job;
    this.rebalances =
        new Rebalances(consumer, job, shelf, commands, () -> renewedInTime(), longest);
    this.commits = new GroupCommits(consumer, transactions, job, shelf, rebalances);
    this.contact = new Contact(consumer::metrics);
    consumer.subscribe(List.of(topic), rebalances);
  }

  @Override
  public List<ConsumerRecord<String, byte[]>> poll(Duration wait) {
    if (holdsAny()) {
      throw new IllegalStateException("a job is still held");
    }
    Optional<ConsumerRecord<String, byte[]>> next = shelf.take(wait);
    polledNanos = System.nanoTime();
    next.ifPresent(job::take);
    // It may have lain here since long ago.
    return next.isPresent() && (renewAtNanos() > System.nanoTime() || renew())
        ? List.of(next.get())
        : List.of();
  }

  @Override
  public boolean renew() {
    ConsumerRecord<String, byte[]> held = job.record();
    boolean ours = held != null && commits.commit(held, held.offset(), List.of());
    renewals.addAndGet(ours ? 1 : 0);
    return ours;
  }

  @SuppressWarnings("ReferenceEquality") // this very delivery is meant, not the same job again
  @Override
  public boolean answer(ConsumerRecord<String, byte[]> record, Ending ending, List<Letter> told) {
    if (job.record() != record) {
      return false;
    }
    List<Transactions.Message> letters =
        told.stream().<Transactions.Message>map(letter -> letter::record).toList();
    boolean ours =
        switch (ending) {
          case ACCEPT, REJECT -> commits.commit(record, record.offset() + 1, letters);
          case REPUBLISH ->
              commits.commit(
                  record,
                  record.offset() + 1,
                  Stream.concat(letters.stream(), Stream.of(again(record))).toList());
          case RELEASE -> true;
        };
    job.drop();
    if (ending == Ending.RELEASE) {
      shelf.putBack(oneMoreTime(record));
    }
    return ours;
  }

  @Override
  public boolean acceptSoon(ConsumerRecord<String, byte[]> record) {
    answer(record, Ending.ACCEPT, List.of());
    return true;
  }

  @Override
  public boolean tend() {
    boolean held = holdsAny();
    shelf.idle(Duration.ZERO);
    polledNanos = System.nanoTime();
    if (abandoned) {
      throw new KafkaException("given up while a rebalance waited");
    }
    return !held || (holdsAny() && renewedInTime());
  }

  @Override
  public long tendAtNanos() {
    return polledNanos + POLL_EVERY.toNanos();
  }

  @Override
  public long renewals() {
    return renewals.get();
  }

  @Override
  public boolean holdsAny() {
    return job.isThere();
  }

  @Override
  public boolean valid() {
    return job.valid();
  }

  @Override
  public boolean silent() {
    return contact.silent();
  }

  /// What is held is not committed, so the next owner of its partition begins with it.
  @Override
  public void close() {
    job.drop();
    consumer.close(CloseOptions.timeout(LEAVE_TIME));
    transactions.close();
  }

  @Override
  public void abandon() {
    job.drop();
    abandoned = true;
    if (rebalances.waiting()) {
      // Kafka's consumer is in the middle of something; it is closed when it has come out.
      return;
    }
    transactions.discard();
    try {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    } catch (KafkaException e) {
      log.debug("Left without order.", e);
    }
  }

  private long renewAtNanos() {
    return Math.max(job.provenNanos(), triedNanos) + job.lockNanos() / RENEWALS_PER_LOCK;
  }

  /// That no broker answers is no loss as long as the lock has not run out.
  private boolean renewedInTime() {
    if (renewAtNanos() > System.nanoTime()) {
      return true;
    }
    triedNanos = System.nanoTime();
    try {
      return renew();
    } catch (KafkaException e) {
      if (!valid()) {
        throw e;
      }
      log.info("The lease could not be renewed yet: {}", e.getMessage());
      return true;
    }
  }

  private static Transactions.Message again(ConsumerRecord<String, byte[]> job) {
    return producer ->
        new ProducerRecord<>(
            job.topic(), job.partition(), null, job.key(), job.value(), job.headers());
  }

  private static ConsumerRecord<String, byte[]> oneMoreTime(ConsumerRecord<String, byte[]> job) {
    short before = job.deliveryCount().orElse((short) 1);
    return new ConsumerRecord<>(
        job.topic(),
        job.partition(),
        job.offset(),
        job.timestamp(),
        job.timestampType(),
        job.serializedKeySize(),
        job.serializedValueSize(),
        job.key(),
        job.value(),
        job.headers(),
        job.leaderEpoch(),
        Optional.of((short) Math.min(Short.MAX_VALUE, before + 1)));
  }
}
