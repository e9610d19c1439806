package dev.stemfleet.dispatcher.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.metrics.MetricsPage;
import dev.stemfleet.dispatcher.local.SharedBroker;
import dev.stemfleet.dispatcher.plan.TrackPlan;
import dev.stemfleet.dispatcher.submit.FleetSink;
import dev.stemfleet.fixture.Jobs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
final class FleetMonitorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path out;

  @Test
  void theQueueIsSeenBeforeAnybodyHasTakenAJob(KafkaSettings settings) {
    KafkaClients clients = new KafkaClients(settings);
    Job main = Jobs.job("friday", "main");
    try (FleetSink sink = FleetSink.open(clients, out, warning -> {})) {
      sink.send(new TrackPlan(main.track(), List.of(main, Jobs.job("friday", "drums"))));
    }

    try (FleetMonitor monitor = FleetMonitor.start(() -> clients, Clock.systemUTC())) {
      await(() -> monitor.trouble().isEmpty());

      assertThat(MetricsPage.text(monitor.readings()))
          .contains("stemfleet_queue_up 1.0\n")
          .contains("stemfleet_queue_jobs 2.0\n")
          .contains("stemfleet_fleet_jobs{state=\"queued\"} 2.0\n");
      assertThat(monitor.dead()).isEmpty();
    }
  }

  @Test
  void brokersThatDoNotAnswerAreTroubleAndNoEnd() {
    KafkaSettings nowhere =
        KafkaSettings.of("localhost:1")
            .with("default.api.timeout.ms", "300")
            .with("request.timeout.ms", "200");

    FleetMonitor monitor = FleetMonitor.start(() -> new KafkaClients(nowhere), Clock.systemUTC());
    await(() -> monitor.trouble().filter(line -> line.contains("brokers")).isPresent());

    assertThat(MetricsPage.text(monitor.readings())).contains("stemfleet_queue_up 0.0\n");
    assertThat(monitor.dead()).isEmpty();
    monitor.close();
    assertThat(monitor.dead()).isPresent();
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      Thread.onSpinWait();
    }
  }
}
