package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// An output root in which something keeps a worker from writing.
@ExtendWith(FleetExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadOutputTest {
  private TestFleet fleet;

  @BeforeAll
  void oneWorkerThatGivesUpSoon(TestFleet given) {
    fleet = given;
    fleet.worker("w1", "--retry-for", "2");
    TestSound.bursts(1, 1).writeWav(fleet.music().resolve("a.wav"));
  }

  @AfterEach
  void noOutputIsHalfThere() throws IOException {
    new OutputsInView(fleet.out().resolve("blocked")).areAllWhole();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRetriedThenFailsByItsName() throws IOException {
    // Given a file where the batch's folder should be
    Path inTheWay = fleet.out().resolve("blocked");
    Files.createDirectories(fleet.out());
    Files.writeString(inTheWay, "I was here first");

    // When
    submit();
    Result failed = fleet.awaitResults("blocked", 1).getFirst();

    // Then
    assertThat(failed.failure().code()).isEqualTo(FailureCode.OUTPUT_UNWRITABLE);
    assertThat(failed.failure().stage()).isEqualTo("place");
    assertThat(failed.failure().cause()).contains(inTheWay.toString()).doesNotContain("other jobs");
    assertThat(failed.failure().advice()).isNotBlank();
    assertThat(failed.attempt()).isGreaterThan(1);
    assertThat(fleet.all(fleet.clients().settings().topics().events(), Event.class))
        .anyMatch(event -> event instanceof Event.Retrying);
    assertThat(inTheWay).hasContent("I was here first");

    // And when it is out of the way, the same submit works
    Files.delete(inTheWay);
    submit();
    Result done =
        fleet.awaitResult(
            r -> r.jobId().equals(failed.jobId()) && r.run().compareTo(failed.run()) > 0);
    assertThat(done.failure()).isNull();
    assertThat(done.caches().separations()).isZero();
  }

  private void submit() {
    TestFleet.Said said =
        fleet.stemfleet(
            "submit",
            fleet.music().resolve("a.wav"),
            "--job",
            "blocked",
            "--channels",
            "main",
            "--stems",
            "bass");
    assertThat(said.exitCode()).as(said.err()).isZero();
  }
}
