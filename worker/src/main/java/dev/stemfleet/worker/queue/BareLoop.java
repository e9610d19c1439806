package dev.stemfleet.worker.queue;

import dev.stemfleet.common.kafka.KafkaClients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;

/// The least that taking jobs and accepting them can cost: the share consumer of [ShareQueue] with
/// nothing around it. The yardstick of the queue's bench. For one thread; caller closes.
public final class BareLoop implements AutoCloseable {
  private static final Duration WAIT = Duration.ofMillis(200);

  private final ShareConsumer<String, byte[]> consumer;

  private BareLoop(ShareConsumer<String, byte[]> consumer) {
    this.consumer = consumer;
  }

  /// When the first measured job was taken, and when the one after the last.
  public record Span(Instant first, Instant last) {}

  public static BareLoop open(KafkaClients clients) {
    ShareConsumer<String, byte[]> consumer = clients.shareConsumer();
    consumer.subscribe(List.of(clients.settings().topics().jobs()));
    return new BareLoop(consumer);
  }

  /// Takes and accepts, one more than is measured.
  ///
  /// @param warmUp how many before those that are measured
  public Span run(int warmUp, int jobs, Clock clock) {
    Instant first = Instant.EPOCH;
    Instant last = Instant.EPOCH;
    int taken = 0;
    while (taken <= warmUp + jobs) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(WAIT)) {
        if (taken == warmUp) {
          first = clock.instant();
        }
        if (taken == warmUp + jobs) {
          last = clock.instant();
        }
        taken++;
        consumer.acknowledge(record, AcknowledgeType.ACCEPT);
        var _ = consumer.commitSync();
      }
    }
    return new Span(first, last);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
