package dev.stemfleet.worker.containers;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// A container of one of our images, locked in as `compose.yaml` and the manifests do it: a root
/// file system that cannot be written, no capabilities, no new privileges.
final class ProgramContainer extends GenericContainer<ProgramContainer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// @param image of this checkout
  /// @param folder with `music` and `out`
  ProgramContainer(String image, KafkaInContainer kafka, Path folder) {
    super(DockerImageName.parse(image + ":latest"));
    withNetwork(kafka.network());
    withEnv("STEMFLEET_BOOTSTRAP_SERVERS", kafka.within());
    withCreateContainerCmdModifier(
        command -> lockIn(Objects.requireNonNull(command.getHostConfig()), folder));
  }

  /// Waits until its program has ended.
  ///
  /// @return its exit code
  long awaitExit() {
    Instant end = Instant.now().plus(PATIENCE);
    ContainerState state = state();
    while (Boolean.TRUE.equals(state.getRunning())) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("the program does not end:\n" + getLogs());
      }
      pause();
      state = state();
    }
    return Objects.requireNonNull(state.getExitCodeLong());
  }

  /// Waits until its own health check says so.
  void awaitHealth(String wanted) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!wanted.equals(Objects.requireNonNull(state().getHealth()).getStatus())) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("never " + wanted + ": " + state().getHealth());
      }
      pause();
    }
  }

  /// SIGTERM, and SIGKILL when the time is over.
  void askToStop(Duration grace) {
    dockerClient.stopContainerCmd(getContainerId()).withTimeout((int) grace.toSeconds()).exec();
  }

  private ContainerState state() {
    return getCurrentContainerInfo().getState();
  }

  private static void lockIn(HostConfig host, Path folder) {
    host.withReadonlyRootfs(true)
        .withTmpFs(Map.of("/tmp", ""))
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges"))
        .withBinds(
            new Bind(folder.resolve("music").toString(), new Volume("/music"), AccessMode.ro),
            new Bind(folder.resolve("out").toString(), new Volume("/out")));
  }

  /// Between two looks: a poll interval, not a wait for luck.
  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
