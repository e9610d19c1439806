package dev.stemfleet.dispatcher.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.failure.JobException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void aWorkerThatEndsByItselfIsStartedAgainAndTheOthersGoOn(@TempDir Path folder)
      throws Exception {
    // Given one that stays at its third start
    String third = "echo x >> starts; if [ $(wc -l < starts) -lt 3 ]; then exit 7; fi; " + STAYS;
    Restarts quick = restarts(5);
    try (WorkerFleet fleet = start("cd " + folder + "; " + third, STAYS, quick)) {
      List<String> seen = linesUntil("[cuda:0] up");

      assertThat(seen).filteredOn(line -> line.contains("ended with exit code 7")).hasSize(2);
      assertThat(seen).anyMatch(line -> line.contains("(2 of 5)"));
      fleet.close();
      fleet.await();
    }
  }

  @Test
  void aDeviceWhoseWorkersKeepEndingIsGivenUpLoudlyAndTheOthersGoOn() throws Exception {
    try (WorkerFleet fleet = start(STAYS, "echo no such library; exit 3", restarts(2))) {
      List<String> seen =
          linesUntil("[cuda:1] GIVEN UP: its worker ended with exit code 3, 3 times in a row");
      assertThat(seen).doesNotContain("[cuda:0] leaving");

      fleet.close();

      assertThatExceptionOfType(JobException.class)
          .isThrownBy(fleet::await)
          .withMessageContaining("cuda:1 ended with exit code 3");
    }
  }

  @Test
  void wrongSettingsAreNotTriedAgain() throws Exception {
    try (WorkerFleet fleet = start("exit 2", "exit 2", restarts(5))) {
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(fleet::await)
          .withMessageContaining("exit code 2");
    }
    assertThat(lines).noneMatch(line -> line.contains("the next starts"));
  }

  @Test
  void waitsBeforeRestartsDoubleUpToALimit() {
    Restarts usual = Restarts.USUAL;
    assertThat(usual.wait(1)).isBetween(usual.first().dividedBy(2), usual.first());
    assertThat(usual.wait(3)).isGreaterThanOrEqualTo(usual.first().multipliedBy(2));
    assertThat(usual.wait(100)).isBetween(usual.longest().dividedBy(2), usual.longest());
  }

  private static Restarts restarts(int most) {
    return new Restarts(most, Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofHours(1));
  }

  private List<String> linesUntil(String last) throws InterruptedException {
    List<String> seen = new ArrayList<>();
    while (!seen.contains(last)) {
      seen.add(line());
    }
    return seen;
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

  private WorkerFleet start(String first, String second, Restarts restarts) throws Exception {
    return WorkerFleet.start(commands(first, second), lines::add, Duration.ofSeconds(30), restarts);
  }

  private WorkerFleet start(String first, String second, Duration drain) throws Exception {
    return WorkerFleet.start(commands(first, second), lines::add, drain);
  }

  private static SequencedMap<String, List<String>> commands(String first, String second) {
    SequencedMap<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("cuda:0", List.of("/bin/sh", "-c", first));
    commands.put("cuda:1", List.of("/bin/sh", "-c", second));
    return commands;
  }

  private String line() throws InterruptedException {
    String line = lines.poll(30, TimeUnit.SECONDS);
    assertThat(line).as("a line in time").isNotNull();
    return line;
  }
}
