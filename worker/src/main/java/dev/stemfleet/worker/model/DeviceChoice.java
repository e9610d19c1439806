package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What `--device` says, decided once, at the start. `auto` takes the GPU that is there; what it
/// took is never changed afterwards, and a GPU that turns out not to work is an error.
public final class DeviceChoice {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceChoice.class);
  private static final String AUTO = "auto";

  private DeviceChoice() {}

  /// @param text `cpu`, `cuda:N` or `auto`
  /// @throws IllegalArgumentException if it is something else
  /// @throws JobException DEVICE_FAILED if there is a GPU and this build cannot use any
  public static Device of(String text) {
    if (!text.equals(AUTO)) {
      return Device.parse(text);
    }
    int gpus = Gpus.count(Path.of("/dev"), System.getenv("CUDA_VISIBLE_DEVICES"));
    return auto(gpus, gpus > 0 && buildHasCuda());
  }

  static Device auto(int gpus, boolean buildHasCuda) {
    if (gpus == 0) {
      LOG.atInfo().log("device auto: cpu, because this machine shows no GPU of NVIDIA");
      return new Device.Cpu();
    }
    if (!buildHasCuda) {
      throw new JobException(
          FailureCode.DEVICE_FAILED,
          "device auto: there is a GPU, but this build is for the processor only; build with"
              + " -Pgpu, or say --device cpu");
    }
    LOG.atInfo()
        .addKeyValue("gpus", gpus)
        .log(
            "device auto: cuda:0{}",
            gpus > 1 ? "; stemfleet fleet --devices starts a worker for each GPU" : "");
    return new Device.Cuda(0);
  }

  /// What ONNX Runtime was built with; whether CUDA works shows when a session is opened.
  private static boolean buildHasCuda() {
    try {
      Sessions.environment();
    } catch (OrtException e) {
      throw new JobException(FailureCode.DEVICE_FAILED, "device auto: " + Sessions.oneLine(e), e);
    }
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }
}
