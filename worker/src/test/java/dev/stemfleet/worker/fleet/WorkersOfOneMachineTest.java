package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.dispatcher.local.WorkerFleet;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Real workers under one roof, as `stemfleet fleet` starts them.
@ExtendWith(FleetExtension.class)
final class WorkersOfOneMachineTest {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Test
  void bothWorkersTakeJobsAndLeaveInOrder(TestFleet fleet) throws Exception {
    SequencedMap<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("one", command(fleet, "one"));
    commands.put("two", command(fleet, "two"));

    try (WorkerFleet workers = WorkerFleet.start(commands, lines::add, Duration.ofSeconds(60))) {
      assertThat(Stream.of(ready(), ready())).containsExactlyInAnyOrder("[one]", "[two]");
      new Scene(fleet).submitMany(8, 0.5, "main");
      fleet.awaitResults("batch", 8);
      workers.close();
      workers.await();
    }

    for (String worker : List.of("one", "two")) {
      fleet.awaitEvent(
          Event.Heartbeat.class,
          beat -> beat.worker().equals(worker) && beat.state() == Event.WorkerState.STOPPED);
    }
  }

  /// Who is ready next.
  private String ready() throws InterruptedException {
    String line = "";
    while (line != null && !line.contains(" ready ")) {
      line = lines.poll(60, TimeUnit.SECONDS);
    }
    assertThat(line).as("a worker that is ready").isNotNull();
    return line.substring(0, line.indexOf(' '));
  }

  private static List<String> command(TestFleet fleet, String id) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    KafkaSettings kafka = fleet.clients().settings();
    return new WorkerProgram(java, System.getProperty("java.class.path"))
        .command(
            List.of("-Xmx256m", "-XX:MaxDirectMemorySize=2g", "-XX:TieredStopAtLevel=1"),
            List.of(
                "run",
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--prefix",
                kafka.prefix(),
                "--out",
                fleet.out().toString(),
                "--root",
                "music=" + fleet.music(),
                "--worker-id",
                id,
                "--cache-dir",
                fleet.folder().resolve("cache-" + id).toString(),
                "--with-parent"));
  }
}
