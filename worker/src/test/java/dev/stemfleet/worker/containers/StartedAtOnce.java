package dev.stemfleet.worker.containers;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;

/// A container has started when it was started, however it goes on.
final class StartedAtOnce extends StartupCheckStrategy {
  @Override
  public StartupStatus checkStartupState(DockerClient client, String container) {
    return StartupStatus.SUCCESSFUL;
  }
}
