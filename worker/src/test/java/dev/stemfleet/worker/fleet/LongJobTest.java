package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A job that takes longer than a worker may be silent.
@ExtendWith(FleetExtension.class)
@FleetExtension.ShortLock(seconds = 4)
final class LongJobTest {
  @AfterEach
  void everyGuaranteeHolds(TestFleet fleet) {
    Evidence evidence = Evidence.of(fleet);
    Guarantee.ALL.forEach(guarantee -> guarantee.holdsIn(evidence));
  }

  @Test
  void aJobLongerThanItsLockIsNotHandedOutAgain(TestFleet fleet) throws IOException {
    // Given clients, and a broker, that close connections sooner than the job is done, though not
    // between two renewals, and a rival
    Path properties =
        Files.writeString(fleet.folder().resolve("client"), "connections.max.idle.ms=2000\n");
    String[] impatient = {"--kafka-config", properties.toString(), "--cores", "1"};
    List<WorkerUnderTest> both =
        List.of(fleet.startWorker("a", impatient), fleet.startWorker("b", impatient));
    both.forEach(WorkerUnderTest::awaitReady);
    // When a long track comes, and a backlog behind it
    Scene scene = new Scene(fleet);
    scene.submitAllStems(120, 99, "main,backup");
    scene.submitMany(10, 0.3, "main");
    List<Result> results = fleet.awaitResults("batch", 12);
    // Then every job was begun once
    double longest = results.stream().mapToDouble(LongJobTest::seconds).max().orElseThrow();
    assertThat(longest).isGreaterThan(1.5 * fleet.lock().toSeconds());
    assertThat(results).extracting(Result::attempt).containsOnly(1);
    assertThat(Evidence.of(fleet).events(Event.Started.class))
        .extracting(Event.Started::jobId)
        .doesNotHaveDuplicates()
        .hasSize(12);
    assertThat(fleet.logs()).doesNotContain("given back", "no longer ours", "lease");
  }

  private static double seconds(Result result) {
    return result.stageSeconds().values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
