package dev.stemfleet.dispatcher.publish;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Sends the jobs of one track after the other, each track as exactly one producer batch, so that
/// share consumers take tracks as a whole. Jobs of together more than 1 MiB take several batches.
///
/// For one thread only, which is checked: a flush would close the batches of other threads. Several
/// threads have a publisher each. Caller closes.
public final class TrackPublisher implements AutoCloseable {
  static final Duration CLOSE_TIME = Duration.ofSeconds(10);

  private final Producer<String, byte[]> producer;
  private final String jobsTopic;
  private final long owner = Thread.currentThread().threadId();
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  /// One job of a track. The bytes are not copied: they must not be changed after hand-over.
  @SuppressWarnings("ArrayRecordComponent")
  public record Message(byte[] value, Map<String, String> headers) {
    public Message {
      headers = Map.copyOf(headers);
    }

    public Message(byte[] value) {
      this(value, Map.of());
    }
  }

  private TrackPublisher(KafkaClients clients) {
    this.producer = clients.jobsProducer();
    this.jobsTopic = clients.settings().topics().jobs();
  }

  /// Opens a publisher that belongs to the calling thread.
  public static TrackPublisher open(KafkaClients clients) {
    return new TrackPublisher(clients);
  }

  /// Sends all jobs of a track and waits until they are stored.
  ///
  /// @throws JobException `BROKER_UNREACHABLE` if some or all of them could not be sent
  public void publishTrack(String trackId, List<Message> jobs) {
    if (!sent.isEmpty()) {
      flush();
    }
    jobs.forEach(job -> send(jobsTopic, trackId, job.value(), job.headers()));
    flush();
  }

  /// Adds a record of any topic; it is on its way at the next {@link #flush}.
  ///
  /// @param value null deletes the key from a compacted topic
  /// @throws JobException `BROKER_UNREACHABLE` if it cannot even be buffered
  public void send(String topic, String key, byte @Nullable [] value, Map<String, String> headers) {
    checkThread();
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    try {
      sent.add(producer.send(record));
    } catch (KafkaException e) {
      throw notSent(e);
    }
  }

  /// Waits until everything sent so far is stored.
  ///
  /// @throws JobException `BROKER_UNREACHABLE` if something could not be sent
  public void flush() {
    checkThread();
    try {
      producer.flush();
      await(sent);
    } catch (KafkaException e) {
      throw notSent(e);
    } finally {
      sent.clear();
    }
  }

  /// Waits until records are stored, whoever sent them.
  ///
  /// @throws JobException `BROKER_UNREACHABLE` if one could not be sent
  void await(List<Future<RecordMetadata>> records) {
    try {
      for (Future<RecordMetadata> one : records) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notSent(e);
    } catch (ExecutionException e) {
      throw notSent(e.getCause() == null ? e : e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIME);
  }

  private void checkThread() {
    if (Thread.currentThread().threadId() != owner) {
      throw new IllegalStateException("This publisher belongs to the thread that opened it.");
    }
  }

  static JobException notSent(Throwable cause) {
    return new JobException(
        FailureCode.BROKER_UNREACHABLE,
        "The jobs could not be sent to Kafka: " + cause.getMessage(),
        cause);
  }
}
