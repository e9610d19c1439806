package dev.stemfleet.worker.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.fleet.TestFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;

/// The images that `deploy/images/build` made, on the broker that users run.
@InContainers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImagesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Path folder;
  private KafkaInContainer kafka;
  private TestFleet fleet;

  @BeforeAll
  void kafkaAndFolders(@TempDir Path folder) throws IOException {
    this.folder = folder;
    kafka = KafkaInContainer.start(Map.of());
    fleet = new TestFleet(KafkaSettings.of(kafka.settings().bootstrapServers()), folder);
    // Whoever runs this, the containers are somebody else.
    Files.createDirectories(fleet.out());
    Files.setPosixFilePermissions(fleet.out(), PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(fleet.music(), PosixFilePermissions.fromString("rwxr-xr-x"));
    TestSound.bursts(1, 1).writeWav(fleet.music().resolve("Café.wav"));
  }

  @AfterAll
  void end() {
    fleet.close();
    kafka.close();
  }

  @Test
  void aTrackGoesFromOneImageThroughTheOtherIntoVideos() throws Exception {
    // Given a worker that can write nowhere but in its volumes
    try (ProgramContainer worker = worker()) {
      worker.start();
      assertThat(exec(worker, "id", "-u")).isEqualTo("10001");
      assertThat(worker.execInContainer("touch", "/opt/stemfleet/new").getExitCode()).isNotZero();

      // When another container submits a track
      try (ProgramContainer submit =
          once("submit", "/music/Café.wav", "--job", "friday", "--channels", "main")) {
        submit.start();
        assertThat(submit.getLogs()).contains("friday");
      }

      // Then it is done, and the videos lie where this machine sees them
      Result result = fleet.awaitResults("friday", 1).getFirst();
      assertThat(result.failure()).isNull();
      try (Stream<Path> files = Files.walk(fleet.out().resolve("friday"))) {
        List<Path> videos = files.filter(file -> file.toString().endsWith(".mp4")).toList();
        assertThat(videos).hasSize(5).allSatisfy(video -> assertThat(video).isNotEmptyFile());
      }
      worker.awaitHealth("healthy");

      // And told to stop it leaves in order
      worker.askToStop(Duration.ofSeconds(60));
      assertThat(worker.awaitExit()).as(worker.getLogs()).isZero();
    }
  }

  @Test
  void aWorkerForGpusWithoutTheLibrariesOfCudaNamesTheOneThatIsMissing() {
    try (ProgramContainer worker =
        new ProgramContainer("stemfleet-worker-cuda", kafka, folder)
            .withStartupCheckStrategy(new StartedAtOnce())) {
      worker.start();
      assertThat(worker.awaitExit()).isPositive();
      assertThat(worker.getLogs()).containsPattern("the library lib\\S+\\.so\\S* is missing");
    }
  }

  private ProgramContainer worker() {
    return new ProgramContainer("stemfleet-worker", kafka, folder)
        .withCommand("--device", "cpu", "--http", "0.0.0.0:9464")
        .withEnv("STEMFLEET_HEALTH", "9464/readyz")
        .withStartupTimeout(PATIENCE)
        .waitingFor(Wait.forLogMessage(".* ready .*", 1).withStartupTimeout(PATIENCE));
  }

  private ProgramContainer once(String... command) {
    return new ProgramContainer("stemfleet", kafka, folder)
        .withCommand(command)
        .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PATIENCE));
  }

  private static String exec(ProgramContainer container, String... command) throws Exception {
    ExecResult done = container.execInContainer(command);
    assertThat(done.getExitCode()).as(done.getStderr()).isZero();
    return done.getStdout().strip();
  }
}
