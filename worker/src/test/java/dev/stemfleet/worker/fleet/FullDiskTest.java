package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An output root on a disk that is full.
@ExtendWith(FleetExtension.class)
final class FullDiskTest {
  private SmallDisk disk;

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void aFullDiskIsRetriedThenFailsByItsName(TestFleet fleet)
      throws IOException, InterruptedException {
    // Given a small disk with no room but for the pictures that submit puts there
    disk = SmallDisk.at(fleet.out(), 12);
    TestSound.bursts(2, 1).writeWav(fleet.music().resolve("a.wav"));
    submit(fleet);
    Path filler = disk.fill();

    // When
    fleet.worker("w1", "--retry-for", "2");
    Result failed = fleet.awaitResults("full", 1).getFirst();

    // Then
    assertThat(failed.failure().code()).isEqualTo(FailureCode.DISK_FULL);
    assertThat(failed.failure().cause()).contains(fleet.out().toString());
    assertThat(failed.attempt()).isGreaterThan(1);
    assertThat(new OutputsInView(fleet.out()).files()).isEmpty();

    // And when there is room, the same submit works
    Files.delete(filler);
    submit(fleet);
    Result done =
        fleet.awaitResult(
            r -> r.jobId().equals(failed.jobId()) && r.run().compareTo(failed.run()) > 0);
    assertThat(done.failure()).isNull();
    new OutputsInView(fleet.out()).areAllWhole();
  }

  private static void submit(TestFleet fleet) {
    TestFleet.Said said =
        fleet.stemfleet(
            "submit",
            fleet.music().resolve("a.wav"),
            "--job",
            "full",
            "--channels",
            "main",
            "--stems",
            "bass");
    assertThat(said.exitCode()).as(said.err()).isZero();
  }
}
