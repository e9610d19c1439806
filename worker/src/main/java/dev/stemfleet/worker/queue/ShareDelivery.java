package dev.stemfleet.worker.queue;

import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.TopicReader;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A delivery of the share group. All its calls to Kafka go through the {@link LeaseLoop}.
final class ShareDelivery implements Delivery {
  private static final Logger log = LoggerFactory.getLogger(ShareDelivery.class);

  /// Puts a message on the jobs topic once more; throws `JobException` if it cannot.
  interface Publisher {
    void publishJob(String key, byte[] value, Map<String, String> headers);
  }

  private final LeaseLoop loop;
  private final Publisher publisher;
  private final int limit;
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile ConsumerRecord<String, byte[]> record;
  private volatile @Nullable Lease lease;

  ShareDelivery(
      LeaseLoop loop,
      Publisher publisher,
      int limit,
      ConsumerRecord<String, byte[]> record,
      Lease lease) {
    this.loop = loop;
    this.publisher = publisher;
    this.limit = limit;
    this.record = record;
    this.lease = lease;
  }

  @Override
  public String key() {
    String key = record.key();
    return key == null ? "" : key;
  }

  @Override
  public byte[] value() {
    byte[] value = record.value();
    return value == null ? new byte[0] : value;
  }

  @Override
  public Map<String, String> headers() {
    return TopicReader.headers(record);
  }

  @Override
  public long offset() {
    return record.offset();
  }

  @Override
  public int deliveryCount() {
    return record.deliveryCount().map(Short::intValue).orElse(1);
  }

  @Override
  public int deliveryLimit() {
    return limit;
  }

  @Override
  public boolean leased() {
    Lease now = lease;
    return now != null && now.valid() && !answered.get();
  }

  @Override
  public void renew() {
    if (answered.get()) {
      throw alreadyAnswered();
    }
    if (!loop.renew(this)) {
      throw new LeaseLost("The job at offset " + offset() + " is no longer ours.");
    }
  }

  @Override
  public Answer accept() {
    claim();
    return loop.answer(this, AcknowledgeType.ACCEPT);
  }

  @Override
  public void acceptSoon() {
    claim();
    loop.acceptSoon(this);
  }

  @Override
  public Answer release() {
    if (lastChance()) {
      return republish();
    }
    claim();
    return loop.answer(this, AcknowledgeType.RELEASE);
  }

  @Override
  public Answer reject() {
    claim();
    return loop.answer(this, AcknowledgeType.REJECT);
  }

  @Override
  public Answer republish() {
    claim();
    if (lease == null) {
      // It is handed out again anyway; publishing it would make two of it.
      return loop.answer(this, AcknowledgeType.ACCEPT);
    }
    try {
      publisher.publishJob(key(), value(), headers());
    } catch (RuntimeException e) {
      answered.set(false);
      throw e;
    }
    return loop.answer(this, AcknowledgeType.ACCEPT);
  }

  /// Releases it unless somebody else answers it at the same time; never throws.
  void giveBack() {
    try {
      release();
    } catch (IllegalStateException e) {
      log.debug("Answered while it was to be given back.", e);
    } catch (JobException e) {
      log.warn("A job on its last delivery but one could not be published afresh.", e);
      if (answered.compareAndSet(false, true)) {
        loop.answer(this, AcknowledgeType.RELEASE);
      }
    }
  }

  /// Whether the lease is the given one. For the Kafka thread.
  boolean heldBy(@Nullable Lease candidate) {
    return lease != null && lease == candidate;
  }

  void loseLease() {
    lease = null;
  }

  boolean isSameJob(ConsumerRecord<String, byte[]> other) {
    return offset() == other.offset() && Arrays.equals(record.value(), other.value());
  }

  /// The job came back while its work still runs: the work has its lease again.
  void join(ConsumerRecord<String, byte[]> again, Lease newLease) {
    record = again;
    lease = newLease;
  }

  private void claim() {
    if (!answered.compareAndSet(false, true)) {
      throw alreadyAnswered();
    }
  }

  private IllegalStateException alreadyAnswered() {
    return new IllegalStateException(
        "The delivery at offset " + offset() + " is already answered.");
  }
}
