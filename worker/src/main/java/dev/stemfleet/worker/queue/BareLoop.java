package dev.stemfleet.worker.queue;

import dev.stemfleet.common.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;

/// The least that taking jobs and accepting them can cost: the share consumer of [ShareQueue] with
/// nothing around it. The yardstick of the queue's bench. For one thread.
public final class BareLoop {
  private static final Duration WAIT = Duration.ofMillis(200);

  private BareLoop() {}

  /// Takes and accepts.
  ///
  /// @param warmUp how many before those that are measured
  /// @param jobs how many in all
  /// @return seconds from the first measured job taken to the last one accepted
  public static double run(KafkaClients clients, int warmUp, int jobs) {
    try (ShareConsumer<String, byte[]> consumer = clients.shareConsumer()) {
      consumer.subscribe(List.of(clients.settings().topics().jobs()));
      int done = 0;
      long start = 0;
      while (done < jobs) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(WAIT)) {
          if (done++ == warmUp) {
            start = System.nanoTime();
          }
          consumer.acknowledge(record, AcknowledgeType.ACCEPT);
          var _ = consumer.commitSync();
        }
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
