package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An output root on a disk that is full. Needs the right to mount one, which root in a container
/// often lacks.
@ExtendWith(FleetExtension.class)
final class FullDiskTest {
  private Path out;

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (out != null) {
      run("umount", "-l", out.toString());
    }
  }

  @Test
  void aFullDiskIsRetriedThenFailsByItsName(TestFleet fleet)
      throws IOException, InterruptedException {
    // Given a small disk with no room but for the pictures that submit puts there
    Files.createDirectories(fleet.out());
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=12m", "none", fleet.out().toString()) == 0;
    assumeTrue(mounted, "may not mount a disk of its own");
    out = fleet.out();
    TestSound.bursts(2, 1).writeWav(fleet.music().resolve("a.wav"));
    submit(fleet);
    Path filler = fill(out.resolve(".stemfleet").resolve("filler"));

    // When
    fleet.worker("w1", "--retry-for", "2");
    Result failed = fleet.awaitResults("full", 1).getFirst();

    // Then
    assertThat(failed.failure().code()).isEqualTo(FailureCode.DISK_FULL);
    assertThat(failed.failure().cause()).contains(out.toString());
    assertThat(failed.attempt()).isGreaterThan(1);
    assertThat(new OutputsInView(out).files()).isEmpty();

    // And when there is room, the same submit works
    Files.delete(filler);
    submit(fleet);
    Result done =
        fleet.awaitResult(
            r -> r.jobId().equals(failed.jobId()) && r.run().compareTo(failed.run()) > 0);
    assertThat(done.failure()).isNull();
    new OutputsInView(out).areAllWhole();
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

  /// Takes all the room there is, but for a block.
  private static Path fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      return file;
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }
}
