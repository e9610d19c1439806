package dev.stemfleet.dispatcher.local;

import static dev.stemfleet.dispatcher.watch.Messages.at;
import static dev.stemfleet.dispatcher.watch.Messages.done;
import static dev.stemfleet.dispatcher.watch.Messages.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.dispatcher.watch.Counts;
import dev.stemfleet.dispatcher.watch.FleetFeed;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class LeftoversTest {
  @Test
  void openJobsAreCancelledAndNoWorkerGetsThem(KafkaSettings settings) {
    // Given one finished and one open job of an interrupted run
    KafkaClients clients = new KafkaClients(settings);
    KeptBroker.setUp(settings);
    Job finished = job("main");
    Job open = job("drums");
    Job next = job("monday", "main", "Another", "Song");
    try (Producer<String, byte[]> producer = clients.producer()) {
      send(producer, settings.topics().batches(), finished);
      send(producer, settings.topics().batches(), open);
      send(producer, settings.topics().jobs(), open);
      send(producer, settings.topics().results(), done(finished, "w1", 5));
    }

    // When the next run clears them and submits its own
    int cancelled = new Leftovers(clients).clear(at(60));
    try (Producer<String, byte[]> producer = clients.producer()) {
      send(producer, settings.topics().jobs(), next);
    }

    // Then
    assertThat(cancelled).isEqualTo(1);
    assertThat(countsOf("friday", clients)).isEqualTo(new Counts(0, 0, 0, 1, 0, 1));
    assertThat(firstJob(clients)).isEqualTo(Wire.write(next));
  }

  private static Counts countsOf(String batch, KafkaClients clients) {
    try (FleetFeed feed = FleetFeed.ofHistory(clients, at(0))) {
      feed.catchUp();
      return feed.view().snapshot(at(61)).batch(batch).orElseThrow().counts();
    }
  }

  private static byte[] firstJob(KafkaClients clients) {
    try (ShareConsumer<String, byte[]> consumer = clients.shareConsumer()) {
      consumer.subscribe(List.of(clients.settings().topics().jobs()));
      for (int i = 0; i < 100; i++) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          return record.value();
        }
      }
    }
    throw new AssertionError("no job came");
  }

  private static void send(Producer<String, byte[]> producer, String topic, Record message) {
    var _ = producer.send(new ProducerRecord<>(topic, message.toString(), Wire.write(message)));
  }
}
