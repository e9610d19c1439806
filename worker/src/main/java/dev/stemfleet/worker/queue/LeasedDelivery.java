package dev.stemfleet.worker.queue;

import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.TopicReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A delivery that is good as long as its [Lease] is. What is done about it is done by the [Desk].
final class LeasedDelivery implements Delivery {
  private static final Logger log = LoggerFactory.getLogger(LeasedDelivery.class);

  /// Answers deliveries, from any thread; throws `JobException` if what is to be told could not be
  /// sent, and the delivery is unanswered then.
  interface Desk {
    boolean renew(LeasedDelivery delivery);

    Answer answer(LeasedDelivery delivery, Ending ending, List<Letter> told);

    Answer acceptSoon(LeasedDelivery delivery, List<Letter> told);

    /// The delivery count at which the broker drops a job in silence.
    int deliveryLimit();
  }

  private final Desk desk;
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile ConsumerRecord<String, byte[]> record;
  private volatile @Nullable Lease lease;

  LeasedDelivery(Desk desk, ConsumerRecord<String, byte[]> record, Lease lease) {
    this.desk = desk;
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
  public int partition() {
    return record.partition();
  }

  @Override
  public int deliveryCount() {
    return record.deliveryCount().map(Short::intValue).orElse(1);
  }

  @Override
  public int deliveryLimit() {
    return desk.deliveryLimit();
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
    if (!desk.renew(this)) {
      throw new LeaseLost("The job at offset " + offset() + " is no longer ours.");
    }
  }

  @Override
  public Answer accept(List<Letter> told) {
    return claimed(() -> desk.answer(this, Ending.ACCEPT, told));
  }

  @Override
  public Answer acceptSoon(List<Letter> told) {
    return claimed(() -> desk.acceptSoon(this, told));
  }

  @Override
  public Answer release() {
    return lastChance() ? republish() : claimed(() -> desk.answer(this, Ending.RELEASE, List.of()));
  }

  @Override
  public Answer reject(List<Letter> told) {
    return claimed(() -> desk.answer(this, Ending.REJECT, told));
  }

  @Override
  public Answer republish() {
    return claimed(() -> desk.answer(this, Ending.REPUBLISH, List.of()));
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
        desk.answer(this, Ending.RELEASE, List.of());
      }
    }
  }

  ConsumerRecord<String, byte[]> record() {
    return record;
  }

  /// Whether it has a lease at all; its time may have run out.
  boolean held() {
    return lease != null;
  }

  /// Whether the lease is the given one. For the Kafka thread.
  @SuppressWarnings("ReferenceEquality") // this very lease is meant
  boolean heldBy(@Nullable Lease candidate) {
    return lease != null && lease == candidate;
  }

  void loseLease() {
    lease = null;
  }

  boolean isSameJob(ConsumerRecord<String, byte[]> other) {
    return partition() == other.partition()
        && offset() == other.offset()
        && Arrays.equals(record.value(), other.value());
  }

  /// The job came back while its work still runs: the work has its lease again.
  void join(ConsumerRecord<String, byte[]> again, Lease newLease) {
    record = again;
    lease = newLease;
  }

  private Answer claimed(Supplier<Answer> answer) {
    if (!answered.compareAndSet(false, true)) {
      throw alreadyAnswered();
    }
    try {
      return answer.get();
    } catch (RuntimeException e) {
      answered.set(false);
      throw e;
    }
  }

  private IllegalStateException alreadyAnswered() {
    return new IllegalStateException(
        "The delivery at offset " + offset() + " is already answered.");
  }
}
