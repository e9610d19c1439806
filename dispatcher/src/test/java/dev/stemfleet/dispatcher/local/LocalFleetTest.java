package dev.stemfleet.dispatcher.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalFleetTest {
  @TempDir Path folder;

  @Test
  void aWorkerThatCannotStartIsToldWithItsLogAndNothingStaysBehind() throws IOException {
    // Given a worker program that is not there
    StateFolder state = new StateFolder(folder.resolve("state"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    WorkerProgram broken = new WorkerProgram(java, folder.resolve("nothing.jar").toString());

    // When a fleet is started with it
    try (LocalFleet fleet = LocalFleet.start(settings(), broken, "cpu", state)) {
      KafkaClients clients = fleet.awaitBroker();
      try (TopicReader reader =
          TopicReader.fromStart(clients, Set.of(clients.settings().topics().jobs()))) {
        assertThat(reader.caughtUp()).as("the topics are there").isTrue();
      }
      assertThat(BrokerSlot.running(state)).contains(fleet.settings().bootstrapServers());

      // Then
      assertThatThrownBy(() -> untilItEnds(fleet))
          .isInstanceOf(JobException.class)
          .hasMessageContaining("exit code 1")
          .hasMessageContaining(fleet.workerLog().toString());
    }
    assertThat(BrokerSlot.running(state)).isEmpty();
    try (BrokerSlot slot = BrokerSlot.take(state)) {
      assertThat(slot.interrupted()).isTrue();
    }
  }

  @Test
  void theWorkerIsToldEverything() {
    FleetSettings settings =
        settings()
            .withRoots(Map.of("b", Path.of("/music/b"), "a", Path.of("/music/a")))
            .onlyBootstrapServers("localhost:9");

    assertThat(
            new WorkerArguments(settings, "cpu", "w1", Path.of("/cache"), List.of("--grace", "3"))
                .list())
        .containsExactly(
            "run",
            "--bootstrap-servers",
            "localhost:9",
            "--prefix",
            "stemfleet.",
            "--queue",
            "share",
            "--expected-devices",
            "8",
            "--out",
            folder.resolve("out").toString(),
            "--root",
            "a=/music/a",
            "--root",
            "b=/music/b",
            "--assets",
            settings.assets().toString(),
            "--models",
            settings.models().toString(),
            "--model",
            "builtin",
            "--lock",
            "60",
            "--device",
            "cpu",
            "--worker-id",
            "w1",
            "--cache-dir",
            "/cache",
            "--grace",
            "3");
  }

  private static void untilItEnds(LocalFleet fleet) {
    while (true) {
      fleet.requireAlive();
      Thread.onSpinWait();
    }
  }

  private FleetSettings settings() {
    return FleetSettings.load(FleetLayer.EMPTY, null, Map.of(), folder, folder);
  }
}
