package dev.stemfleet.worker;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.http.ListenAddress;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.MemoryBudget;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one worker process must be told.
///
/// @param fleet where Kafka, sources and outputs are
/// @param workerId unique in the fleet; names the worker in results and its folders
/// @param device its models run on
/// @param modelMemory that they may take of it
/// @param cacheFolder for encoded stems, this worker's own
/// @param stemStoreBytes that the encoded stems may take
/// @param cores for separating, encoding and writing
/// @param grace for the running job when the worker is asked to leave
/// @param stagePatience what the deadlines of stages are multiplied with
/// @param http where meters and health are shown; null for nowhere
/// @param retryFor how long a job that may work later is tried again while its lease is held
public record WorkerSettings(
    FleetSettings fleet,
    String workerId,
    Device device,
    MemoryBudget modelMemory,
    Path cacheFolder,
    long stemStoreBytes,
    int cores,
    Duration grace,
    double stagePatience,
    @Nullable ListenAddress http,
    Duration retryFor) {
  public WorkerSettings {
    if (!workerId.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "worker-id: '" + workerId + "' must be 1 to 100 letters, digits, '.', '_' or '-'");
    }
    if (stagePatience <= 0) {
      throw new IllegalArgumentException("stage-patience: must be positive");
    }
    if (stemStoreBytes < 1 || cores < 1) {
      throw new IllegalArgumentException("stem-store and cores: must be positive");
    }
  }
}
