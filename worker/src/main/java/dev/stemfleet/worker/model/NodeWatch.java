package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches where the nodes of one session run, from its opening to the end of its warm-up; costs
/// nothing afterwards. Owns a folder for the profile until it is closed.
final class NodeWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);

  /// Of node time. A shape that is worked out on the processor takes next to none; a transform
  /// without a kernel for the GPU takes most of it.
  private static final double LEAST_SHARE = 0.95;

  private final Path folder;
  private final Consumer<NodeTimes> seen;

  /// @param seen told once, after the warm-up; may throw
  NodeWatch(Consumer<NodeTimes> seen) {
    this.seen = seen;
    try {
      this.folder = Files.createTempDirectory("stemfleet-profile");
    } catch (IOException e) {
      throw new JobException(FailureCode.DISK_FULL, "no folder for a profile: " + e, e);
    }
  }

  /// A watch that refuses a network whose work is not done on its device.
  static NodeWatch requiring(Device device, String file) {
    return new NodeWatch(times -> require(device, file, times));
  }

  /// Before the session is opened.
  void begin(SessionOptions options) throws OrtException {
    options.enableProfiling(folder.resolve("nodes").toString());
  }

  /// After the warm-up and one run more: the first run of a shape measures the search for kernels.
  ///
  /// @throws JobException DEVICE_FAILED if too much runs elsewhere
  void end(OrtSession session) {
    try {
      tell(NodeTimes.read(Path.of(session.endProfiling())));
    } catch (OrtException e) {
      throw new JobException(FailureCode.DEVICE_FAILED, "no profile: " + Sessions.oneLine(e), e);
    } catch (IOException e) {
      throw new JobException(FailureCode.DEVICE_FAILED, "no profile: " + e.getMessage(), e);
    }
  }

  /// What was seen, to whoever wants to know.
  void tell(NodeTimes times) {
    seen.accept(times);
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("a profile is left behind in {}", folder);
    }
  }

  private static void require(Device device, String file, NodeTimes times) {
    double share = times.shareOn(device);
    if (share < LEAST_SHARE) {
      throw new JobException(
          FailureCode.DEVICE_FAILED,
          "device %s: %s: only %.0f %% of its time is spent there, %.0f %% are needed; on the processor: %s"
              .formatted(
                  device.key(), file, 100 * share, 100 * LEAST_SHARE, times.processorText()));
    }
    LOG.atWarn()
        .addKeyValue("device", device.key())
        .addKeyValue("share", Math.round(share * 1000) / 1000.0)
        .addKeyValue("onProcessor", times.processorText())
        .log("some nodes of {} run on the processor", file);
  }
}
