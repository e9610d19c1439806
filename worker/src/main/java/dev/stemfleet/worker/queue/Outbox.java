package dev.stemfleet.worker.queue;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.BatchPartition;
import dev.stemfleet.common.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a worker sends: results and dead jobs that must arrive, events that may get lost.
/// Thread-safe; owns a producer, the caller closes.
public final class Outbox implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);
  private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

  private final Producer<String, byte[]> producer;
  private final Producer<String, byte[]> eventProducer;

  private Outbox(Producer<String, byte[]> producer, Producer<String, byte[]> eventProducer) {
    this.producer = producer;
    this.eventProducer = eventProducer;
  }

  public static Outbox open(KafkaClients clients) {
    return new Outbox(clients.producer(), clients.eventProducer());
  }

  /// Over producers of the caller's choice, which it closes.
  public static Outbox over(
      Producer<String, byte[]> producer, Producer<String, byte[]> eventProducer) {
    return new Outbox(producer, eventProducer);
  }

  /// Sends and waits until all in-sync brokers have it.
  ///
  /// @param value the message; null deletes the key from a compacted topic
  /// @throws JobException `BROKER_UNREACHABLE` if it could not be sent; whether it arrived is then
  ///   unknown
  public void publish(
      String topic, String key, byte @Nullable [] value, Map<String, String> headers) {
    publish(topic, () -> record(topic, key, value, headers));
  }

  /// Sends to the part of a topic where everything about the batch lies, and waits as above.
  ///
  /// @throws JobException as above
  public void publishOfBatch(String topic, String batch, String key, byte[] value) {
    publish(topic, () -> BatchPartition.record(producer, topic, batch, key, value));
  }

  private void publish(String topic, Supplier<ProducerRecord<String, byte[]>> record) {
    try {
      producer.send(record.get()).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notSent(topic, e);
    } catch (ExecutionException | KafkaException e) {
      throw notSent(topic, e);
    }
  }

  /// Like {@link #publish(String, String, byte[], Map)} without headers.
  public void publish(String topic, String key, byte @Nullable [] value) {
    publish(topic, key, value, Map.of());
  }

  /// Sends without waiting and without telling when it fails: for events. Never blocks for long.
  public void tell(String topic, String key, byte[] value) {
    try {
      var _ =
          eventProducer.send(
              record(topic, key, value, Map.of()),
              (sent, problem) -> {
                if (problem != null) {
                  log.debug("An event was not sent.", problem);
                }
              });
    } catch (KafkaException e) {
      log.debug("An event was not sent.", e);
    }
  }

  @Override
  public void close() {
    eventProducer.close(CLOSE_TIME);
    producer.close(CLOSE_TIME);
  }

  private static ProducerRecord<String, byte[]> record(
      String topic, String key, byte @Nullable [] value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  private static JobException notSent(String topic, Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    return new JobException(
        FailureCode.BROKER_UNREACHABLE,
        "Nothing could be sent to " + topic + ": " + cause.getMessage(),
        cause);
  }
}
