package dev.stemfleet.worker.containers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/// Lets tests run where a container engine answers. Where none does they are skipped, and say so;
/// with `-Dstemfleet.containers.required` they fail instead.
final class EngineCondition implements ExecutionCondition {
  private static final String NONE =
      "SKIPPED: no container engine answers (DOCKER_HOST, /var/run/docker.sock)";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (DockerClientFactory.instance().isDockerAvailable()) {
      return ConditionEvaluationResult.enabled("a container engine answers");
    }
    if (System.getProperty("stemfleet.containers.required") != null) {
      throw new AssertionError("no container engine answers, but these tests are required to run");
    }
    System.out.println(context.getDisplayName() + " " + NONE);
    return ConditionEvaluationResult.disabled(NONE);
  }
}
