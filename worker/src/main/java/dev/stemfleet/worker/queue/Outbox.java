package dev.stemfleet.worker.queue;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
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
  /// @throws JobException `BROKER_UNREACHABLE` if it could not be sent; whether it arrived is then
  ///   unknown
  public void publish(Letter letter) {
    try {
      producer.send(letter.record(producer)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notSent(letter.topic(), e);
    } catch (ExecutionException | KafkaException e) {
      throw notSent(letter.topic(), e);
    }
  }

  /// Sends without waiting and without telling when it fails: for events. Never blocks for long.
  public void tell(String topic, String key, byte[] value) {
    tell(Letter.to(topic, key, value));
  }

  /// The same with what else belongs to it.
  public void tell(Letter letter) {
    try {
      var _ =
          eventProducer.send(
              letter.record(eventProducer),
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

  private static JobException notSent(String topic, Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    return new JobException(
        FailureCode.BROKER_UNREACHABLE,
        "Nothing could be sent to " + topic + ": " + cause.getMessage(),
        cause);
  }
}
