package dev.stemfleet.dispatcher.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.failure.JobException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Fleets of small scripts instead of workers.
final class WorkerFleetTest {
  private static final String STAYS =
      "trap 'kill $!; echo leaving; exit 0' TERM; sleep 600 & echo up; wait";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Test
  void linesHaveTheirDeviceAndClosingLetsEveryWorkerLeave() throws Exception {
    WorkerFleet fleet = start(STAYS, STAYS);
    assertThat(List.of(line(), line())).containsExactlyInAnyOrder("[cuda:0] up", "[cuda:1] up");

    fleet.close();

    fleet.await();
    assertThat(List.of(line(), line()))
        .containsExactlyInAnyOrder("[cuda:0] leaving", "[cuda:1] leaving");
    fleet.close();
  }

  @Test
  void aWorkerThatFailsEndsTheFleetWithItsLastWords() throws Exception {
    try (WorkerFleet fleet = start(STAYS, "echo no such library; exit 3")) {
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(fleet::await)
          .withMessage(
              "the worker on cuda:1 ended with exit code 3; it said last: no such library");
    }
    assertThat(lines).contains("[cuda:0] leaving");
  }

  @Test
  void aWorkerThatDoesNotLeaveIsKilled() throws Exception {
    WorkerFleet fleet = start("trap '' TERM; echo up; sleep 5", STAYS, Duration.ofMillis(300));
    assertThat(List.of(line(), line())).containsExactlyInAnyOrder("[cuda:0] up", "[cuda:1] up");

    fleet.close();

    assertThat(lines).contains("workers that did not leave within 0 s are killed");
  }

  @Test
  void devicesAreNamedOnce() {
    assertThat(DeviceList.parse("cuda:0, cuda:1,cpu").names())
        .containsExactly("cuda:0", "cuda:1", "cpu");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> DeviceList.parse("cpu,cpu"))
        .withMessageContaining("cpu is there twice");
    for (String wrong : List.of("", "cuda:0,", "gpu", "auto", "cuda:x")) {
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> DeviceList.parse(wrong))
          .withMessageContaining("is no device");
    }
  }

  private WorkerFleet start(String first, String second) throws Exception {
    return start(first, second, Duration.ofSeconds(30));
  }

  private WorkerFleet start(String first, String second, Duration drain) throws Exception {
    SequencedMap<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("cuda:0", List.of("/bin/sh", "-c", first));
    commands.put("cuda:1", List.of("/bin/sh", "-c", second));
    return WorkerFleet.start(commands, lines::add, drain);
  }

  private String line() throws InterruptedException {
    String line = lines.poll(30, TimeUnit.SECONDS);
    assertThat(line).as("a line in time").isNotNull();
    return line;
  }
}
