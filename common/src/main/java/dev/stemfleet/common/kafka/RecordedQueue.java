package dev.stemfleet.common.kafka;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.message.QueueRecord;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// The fleet's own record of its queue's mode: with workers of both modes every job would be done
/// twice, or by nobody. It lies on a topic that forgets nothing. Stateless.
///
/// Of records that are written at the same time, the first in the log counts: each bears the number
/// that follows the last one its writer knew, and readers pass over a number that was there before.
/// So whoever writes reads again to see who won.
public final class RecordedQueue {
  private static final String KEY = "queue";
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaClients clients;
  private final InstantSource clock;

  public RecordedQueue(KafkaClients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  /// What is recorded.
  ///
  /// @return empty if nothing was yet
  /// @throws ConfigException if a newer version wrote it
  /// @throws KafkaException if the broker does not answer or refuses
  public Optional<QueueRecord> read() {
    String topic = clients.settings().topics().fleet();
    @Nullable QueueRecord last = null;
    try (TopicReader reader = TopicReader.fromStart(clients, Set.of(topic))) {
      while (!reader.caughtUp()) {
        for (TopicReader.Entry entry : reader.poll(POLL)) {
          last = next(last, entry);
        }
      }
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
    return Optional.ofNullable(last);
  }

  /// Makes sure that the queue has the mode of the settings, as far as is recorded.
  ///
  /// @throws ConfigException if it has the other one, or is being moved, with the command that
  ///   mends it
  /// @throws KafkaException if the broker does not answer or refuses
  public void require() {
    read().ifPresent(this::requireSame);
  }

  /// Records the mode of the settings, unless one is recorded already.
  ///
  /// @param found the mode of a queue that is there although nobody recorded it, an older one
  /// @throws ConfigException if the recorded mode is the other one
  /// @throws KafkaException if the broker does not answer or refuses
  void claim(QueueMode found) {
    requireSame(read().orElseGet(() -> write(null, found, null)));
  }

  /// Records something else, unless somebody was faster.
  ///
  /// @param before what is recorded now, as far as was known; null for nothing
  /// @param movingTo null when all is settled
  /// @return what is recorded then, by whomever
  /// @throws KafkaException if the broker does not answer or refuses
  public QueueRecord write(
      @Nullable QueueRecord before, QueueMode mode, @Nullable QueueMode movingTo) {
    int number = before == null ? 1 : before.number() + 1;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    QueueRecord mine = new QueueRecord(Schema.VERSION, number, mode, movingTo, now, writer());
    String topic = clients.settings().topics().fleet();
    try (Producer<String, byte[]> producer = clients.producer()) {
      producer.send(new ProducerRecord<>(topic, 0, KEY, Wire.write(mine))).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
    return read().orElseThrow(() -> new KafkaException("What was recorded is not on " + topic));
  }

  /// Whether settings and record agree; see [#require()].
  ///
  /// @throws ConfigException if not
  void requireSame(QueueRecord record) {
    problem(record)
        .ifPresent(
            problem -> {
              throw new ConfigException(
                  "queue", problem.what() + "; mend it with: " + problem.mend());
            });
  }

  /// Why settings and record do not go together, in words to begin a sentence's middle, and what to
  /// do.
  Optional<Finding> problem(QueueRecord record) {
    QueueMode wanted = clients.settings().queue();
    String fleet = "the fleet " + clients.settings().prefix() + "*";
    QueueMode target = record.movingTo();
    if (target != null) {
      return Optional.of(
          Finding.fault(
              "the queue of %s is being moved from %s to %s (since %s, by %s)"
                  .formatted(fleet, target.other(), target, record.since(), record.by()),
              migrate(target) + " (unless somebody is at it)"));
    }
    return record.mode() == wanted
        ? Optional.empty()
        : Optional.of(
            Finding.fault(
                "%s has a queue of mode %s (since %s, by %s), and these settings say %s"
                    .formatted(fleet, record.mode(), record.since(), record.by(), wanted),
                "--queue " + record.mode() + ", or move it: " + migrate(wanted)));
  }

  private static @Nullable QueueRecord next(@Nullable QueueRecord last, TopicReader.Entry entry) {
    if (!entry.key().equals(KEY) || entry.value().isEmpty()) {
      return last;
    }
    try {
      QueueRecord record = Wire.read(entry.value().get(), QueueRecord.class);
      return record.number() == (last == null ? 1 : last.number() + 1) ? record : last;
    } catch (WireException e) {
      throw new ConfigException(
          entry.topic(), "the record of the queue cannot be read: " + e.getMessage());
    }
  }

  private static String migrate(QueueMode to) {
    return "stemfleet queue migrate --to " + to;
  }

  private static String writer() {
    String user = System.getProperty("user.name", "unknown");
    try {
      return user + "@" + InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return user;
    }
  }
}
