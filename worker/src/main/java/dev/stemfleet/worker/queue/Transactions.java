package dev.stemfleet.worker.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One member's transactions, one at a time: messages and the group's offsets, all or nothing.
///
/// A producer that met trouble is thrown away. The next one has the same name, and before it does
/// anything it ends what its predecessor left open: whatever was unknown is settled then. For one
/// thread; caller closes.
final class Transactions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Transactions.class);
  private static final Duration CLOSE_TIME = Duration.ofSeconds(2);

  private final Supplier<Producer<String, byte[]>> opener;
  private @Nullable Producer<String, byte[]> producer;

  /// @param opener makes a producer of always the same transactional id
  Transactions(Supplier<Producer<String, byte[]>> opener) {
    this.opener = opener;
  }

  /// What makes a message for a producer.
  interface Message {
    ProducerRecord<String, byte[]> record(Producer<String, byte[]> producer);
  }

  /// Ends what may be left of an earlier transaction, in this way or that.
  ///
  /// @throws KafkaException if no broker answers in time, or the rights are missing
  void settle() {
    if (producer == null) {
      Producer<String, byte[]> opened = opener.get();
      try {
        opened.initTransactions();
      } catch (KafkaException e) {
        opened.close(Duration.ZERO);
        throw e;
      }
      producer = opened;
    }
  }

  /// Sends the messages and commits the offsets.
  ///
  /// @param member the consumer's place in its group
  /// @throws CommitFailedException if it has no such place any more; nothing was sent
  /// @throws KafkaException if something else went wrong; what became of it is only known after
  ///   {@link #settle}
  void commit(
      List<Message> messages,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata member) {
    settle();
    Producer<String, byte[]> now = producer;
    if (now == null) {
      throw new IllegalStateException("not settled");
    }
    try {
      now.beginTransaction();
      for (Message message : messages) {
        // A failure is told by the commit.
        var _ = now.send(message.record(now));
      }
      now.sendOffsetsToTransaction(offsets, member);
      now.commitTransaction();
    } catch (CommitFailedException e) {
      abort(now);
      throw e;
    } catch (RuntimeException e) {
      discard();
      throw e;
    }
  }

  /// Forgets the producer without a word; the next one cleans up.
  void discard() {
    Producer<String, byte[]> now = producer;
    producer = null;
    if (now != null) {
      try {
        now.close(Duration.ZERO);
      } catch (KafkaException e) {
        log.debug("Thrown away.", e);
      }
    }
  }

  @Override
  public void close() {
    Producer<String, byte[]> now = producer;
    producer = null;
    if (now != null) {
      now.close(CLOSE_TIME);
    }
  }

  private void abort(Producer<String, byte[]> now) {
    try {
      now.abortTransaction();
    } catch (KafkaException e) {
      log.debug("A transaction is left for the next producer to abort.", e);
      discard();
    }
  }
}
