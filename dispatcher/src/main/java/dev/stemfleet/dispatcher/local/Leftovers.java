package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueUse;
import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.FleetFeed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/// Jobs that an interrupted local run left in the kept broker. The next run's worker knows neither
/// their roots nor their output folder, so they are cancelled and taken off the queue before it can
/// take them.
final class Leftovers {
  private final KafkaClients clients;

  Leftovers(KafkaClients clients) {
    this.clients = clients;
  }

  /// To be called before anything is submitted.
  ///
  /// @return how many jobs were cancelled
  /// @throws KafkaException if the broker does not answer
  int clear(Instant now) {
    if (QueueUse.ask(clients).map(QueueUse::waiting).orElse(1L) == 0) {
      return 0;
    }
    List<BatchState> open =
        history(now).batches().stream().filter(batch -> !batch.counts().allEnded()).toList();
    cancel(open, now);
    emptyQueue();
    return open.stream().mapToInt(batch -> batch.counts().total() - batch.counts().ended()).sum();
  }

  private Fleet history(Instant now) {
    try (FleetFeed feed = FleetFeed.ofHistory(clients, now)) {
      feed.catchUp();
      return feed.view().snapshot(now);
    }
  }

  private void cancel(List<BatchState> batches, Instant now) {
    try (Producer<String, byte[]> producer = clients.producer()) {
      for (BatchState batch : batches) {
        Control cancel = new Control(Schema.VERSION, Control.Action.CANCEL, batch.name(), now);
        wait(
            producer.send(
                new ProducerRecord<>(
                    clients.settings().topics().control(), batch.name(), Wire.write(cancel))));
      }
    }
  }

  private void emptyQueue() {
    TopicPartition jobs = new TopicPartition(clients.settings().topics().jobs(), 0);
    try (Admin admin = clients.admin()) {
      wait(admin.deleteRecords(Map.of(jobs, RecordsToDelete.beforeOffset(-1))).all());
    }
  }

  private static void wait(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new KafkaException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }
}
