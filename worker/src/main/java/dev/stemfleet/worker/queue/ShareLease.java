package dev.stemfleet.worker.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One share consumer and the records that it holds, kept in the rhythm that Kafka 4.3.1 bears.
///
/// A renewal is `acknowledge(RENEW)` for **all** held records, `commitSync()`, and then `poll()`
/// until they are handed back **and not once more**. A renewal sent by `poll()` alone fails as soon
/// as there is a backlog, and one poll too many would fetch the next batch.
///
/// All records of a batch are held and renewed together.
final class ShareLease implements Lease {
  private static final Logger log = LoggerFactory.getLogger(ShareLease.class);
  private static final Duration STOCK_LOCK = Duration.ofSeconds(30);
  private static final Duration HAND_BACK_SLICE = Duration.ofMillis(100);
  private static final Duration SPINNING_WAIT = Duration.ofMillis(20);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int RENEWALS_PER_LOCK = 4;

  private final ShareConsumer<String, byte[]> consumer;
  private final LastDeliveries lastDeliveries;
  private final Contact contact;
  private final Map<Long, ConsumerRecord<String, byte[]>> held = new TreeMap<>();
  private volatile long lockNanos = STOCK_LOCK.toNanos();
  private volatile long provenNanos;
  private final AtomicLong renewals = new AtomicLong();
  private boolean owing;
  private long lookedNanos = System.nanoTime();

  /// When the polls began that brought the last batch and the one before. The consumer of Kafka
  /// 4.3.1 sometimes fetches one batch more than it hands out, never two: what it hands out was
  /// fetched after the last poll but one.
  private long lastNanos = System.nanoTime();

  private long lastButOneNanos = lastNanos;

  /// @param lastDeliveries takes what is given up
  ShareLease(ShareConsumer<String, byte[]> consumer, String topic, LastDeliveries lastDeliveries) {
    this.consumer = consumer;
    this.lastDeliveries = lastDeliveries;
    this.contact = new Contact(consumer::metrics);
    consumer.setAcknowledgementCommitCallback((offsets, problem) -> told(problem));
    consumer.subscribe(List.of(topic));
  }

  /// Fetches one batch. Tells the broker what is owed with the same request.
  @Override
  public List<ConsumerRecord<String, byte[]>> poll(Duration wait) {
    if (holdsAny()) {
      throw new IllegalStateException("a batch is still held");
    }
    long began = System.nanoTime();
    owing = false;
    consumer
        .poll(contact.present() ? wait : SPINNING_WAIT)
        .forEach(record -> held.put(record.offset(), record));
    if (holdsAny()) {
      lockNanos =
          consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis).orElse(STOCK_LOCK).toNanos();
      // Earlier than the broker's own clock began, so that we never believe in a lock too long.
      provenNanos = lastButOneNanos;
      lastButOneNanos = lastNanos;
      lastNanos = began;
      if (renewAtNanos() <= System.nanoTime()) {
        confirm();
      }
    } else {
      // What comes later was not here yet when this poll began.
      lastButOneNanos = began;
      lastNanos = began;
      look();
    }
    return List.copyOf(held.values());
  }

  @Override
  public boolean renew() {
    long began = System.nanoTime();
    if (!valid()) {
      // A renewal of a record that another worker has finished succeeds: only our clock tells.
      lastDeliveries.rescue(held.values());
      giveBackQuietly();
      return false;
    }
    held.values().forEach(record -> consumer.acknowledge(record, AcknowledgeType.RENEW));
    if (!succeeded(consumer.commitSync(half()))) {
      lastDeliveries.rescue(held.values());
      held.clear();
      return false;
    }
    awaitHandedBack(began);
    provenNanos = began;
    renewals.incrementAndGet();
    return true;
  }

  /// What is to be told was published before: acknowledgements know no transactions.
  @Override
  public boolean answer(ConsumerRecord<String, byte[]> answered, Ending ending, List<Letter> told) {
    ConsumerRecord<String, byte[]> record = held.remove(answered.offset());
    if (record == null) {
      return false;
    }
    consumer.acknowledge(
        record,
        switch (ending) {
          case ACCEPT, REPUBLISH -> AcknowledgeType.ACCEPT;
          case RELEASE -> AcknowledgeType.RELEASE;
          case REJECT -> AcknowledgeType.REJECT;
        });
    return succeeded(consumer.commitSync(half()));
  }

  /// Once nothing is held any more the broker hears of it with the next {@link #poll}, or at the
  /// end.
  @Override
  public boolean acceptSoon(ConsumerRecord<String, byte[]> accepted) {
    ConsumerRecord<String, byte[]> record = held.remove(accepted.offset());
    if (record != null) {
      consumer.acknowledge(record, AcknowledgeType.ACCEPT);
      owing = true;
      if (holdsAny()) {
        // No poll comes before the rest of the batch is done.
        tell();
      }
    }
    return !holdsAny();
  }

  @Override
  public boolean tend() {
    if (holdsAny()) {
      return renew();
    }
    look();
    return true;
  }

  @Override
  public long tendAtNanos() {
    return holdsAny() ? renewAtNanos() : lookedNanos + LOOK_EVERY.toNanos();
  }

  /// @throws DisconnectException if there has been no connection to any broker for a while. A
  ///   consumer of Kafka 4.3.1 that finds none does not wait but spins, with its background thread:
  ///   it must not be kept
  private void look() {
    lookedNanos = System.nanoTime();
    if (contact.lost()) {
      throw new DisconnectException("No broker can be reached.");
    }
  }

  @Override
  public long renewals() {
    return renewals.get();
  }

  @Override
  public boolean holdsAny() {
    return !held.isEmpty();
  }

  private long renewAtNanos() {
    return provenNanos + lockNanos / RENEWALS_PER_LOCK;
  }

  @Override
  public boolean valid() {
    return System.nanoTime() - provenNanos < lockNanos;
  }

  @Override
  public boolean silent() {
    return contact.silent();
  }

  @Override
  public void close() {
    giveBackQuietly();
    consumer.close(Duration.ofSeconds(5));
  }

  /// The broker frees the locks itself.
  @Override
  public void abandon() {
    held.clear();
    try {
      consumer.close(Duration.ZERO);
    } catch (KafkaException e) {
      // Being rid of it is all that is wanted.
    }
  }

  /// Asks the broker whether a new batch is ours. One that was fetched too early lies in the
  /// consumer, unrenewed, until it is handed out by the next poll, and may be running elsewhere by
  /// then. Asked only where that poll comes late: a round trip for every short job would be felt.
  private void confirm() {
    if (!renew()) {
      log.info("A batch was fetched too early and is left to others.");
    }
  }

  private void awaitHandedBack(long began) {
    int back = 0;
    while (back == 0 && System.nanoTime() - began < half().toNanos()) {
      back = consumer.poll(HAND_BACK_SLICE).count();
    }
    if (back == 0) {
      throw new TimeoutException("the renewed records were not handed back in time");
    }
    if (back != held.size()) {
      throw new IllegalStateException(
          "renewed " + held.size() + " records, but " + back + " were handed back");
    }
  }

  private void tell() {
    owing = false;
    var _ = consumer.commitSync(half());
  }

  private void giveBackQuietly() {
    if (!holdsAny() && !owing) {
      return;
    }
    held.values().forEach(record -> consumer.acknowledge(record, AcknowledgeType.RELEASE));
    held.clear();
    tell();
  }

  /// Half a lock: waiting longer for one answer would cost the other records their lease.
  private Duration half() {
    return Duration.ofNanos(lockNanos / 2);
  }

  private static void told(@Nullable Exception problem) {
    if (problem != null) {
      log.info("An answer came too late, its job is left to others: {}", problem.getMessage());
    }
  }

  private static boolean succeeded(Map<TopicIdPartition, Optional<KafkaException>> committed) {
    return committed.values().stream().allMatch(Optional::isEmpty);
  }
}
