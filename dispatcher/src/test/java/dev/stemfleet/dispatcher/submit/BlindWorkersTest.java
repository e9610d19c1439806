package dev.stemfleet.dispatcher.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.dispatcher.local.SharedBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
final class BlindWorkersTest {
  @Test
  void aLiveWorkerThatDoesNotMapARootIsNamed(KafkaSettings settings) throws Exception {
    KafkaClients clients = new KafkaClients(settings);
    QueueSetup.apply(clients, Duration.ofSeconds(30));
    beat(clients, "sees-both", Event.WorkerState.IDLE, List.of("music", "scripts"));
    beat(clients, "sees-music", Event.WorkerState.WORKING, List.of("music"));
    beat(clients, "left", Event.WorkerState.IDLE, List.of());
    beat(clients, "left", Event.WorkerState.STOPPED, List.of());

    List<String> warnings =
        BlindWorkers.warnings(clients, Set.of("music", "scripts"), Instant.now());

    assertThat(warnings)
        .containsExactly(
            "the root scripts is not mapped by sees-music; start with --root scripts=FOLDER");
  }

  private static void beat(
      KafkaClients clients, String worker, Event.WorkerState state, List<String> roots)
      throws Exception {
    Event.Heartbeat beat =
        new Event.Heartbeat(
            Schema.VERSION,
            worker,
            Instant.now(),
            state,
            Instant.now(),
            "test",
            "host",
            1,
            "cpu",
            null,
            null,
            roots,
            null,
            null,
            0,
            0,
            List.of(),
            null);
    try (Producer<String, byte[]> producer = clients.producer()) {
      String events = clients.settings().topics().events();
      producer.send(new ProducerRecord<>(events, worker, Wire.write(beat))).get();
    }
  }
}
