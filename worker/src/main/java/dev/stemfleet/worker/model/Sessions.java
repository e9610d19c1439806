package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Opens sessions of ONNX Runtime with the settings that suit a resident network of fixed shape.
///
/// @param cpuThreads for one network's arithmetic; 0 = one per core
record Sessions(Device device, int cpuThreads) {
  private static final Pattern WRONG_SHAPE =
      Pattern.compile("(?i)shape verification failed|invalid dimensions|shape mismatch|broadcast");

  /// Opens a file that was checked before. The caller closes what it gets.
  ///
  /// @throws JobException MODEL_BROKEN if the file is no network, DEVICE_FAILED if the device
  ///   cannot be used
  OpenSession open(CatalogModel model, ModelFile file) {
    String name = model.place().name(file.path());
    try {
      SessionOptions options = options();
      try {
        return new OpenSession(session(model, file, options), options);
      } catch (OrtException | IOException | RuntimeException e) {
        options.close();
        throw e;
      }
    } catch (OrtException e) {
      throw refused(name, e);
    } catch (IOException e) {
      throw ModelFiles.broken(name, "cannot be read: " + e.getMessage());
    }
  }

  private static OrtSession session(CatalogModel model, ModelFile file, SessionOptions options)
      throws OrtException, IOException {
    OrtEnvironment environment = DeepStack.call(OrtEnvironment::getEnvironment);
    Optional<Path> path = model.place().onDisk(file.path());
    if (path.isPresent()) {
      String onDisk = path.get().toString();
      return DeepStack.call(() -> environment.createSession(onDisk, options));
    }
    try (InputStream stream = model.place().open(file.path())) {
      byte[] bytes = stream.readAllBytes();
      return DeepStack.call(() -> environment.createSession(bytes, options));
    }
  }

  /// The caller closes them, after the session.
  SessionOptions options() throws OrtException {
    SessionOptions options = new SessionOptions();
    try {
      options.setOptimizationLevel(OptLevel.ALL_OPT);
      // Idle threads that spin would take the cores that decoding and encoding need.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      switch (device) {
        case Device.Cpu() -> options.setIntraOpNumThreads(threads());
        case Device.Cuda(int index) -> addCuda(options, index);
      }
      return options;
    } catch (OrtException | RuntimeException e) {
      options.close();
      throw e;
    }
  }

  private int threads() {
    return cpuThreads > 0 ? cpuThreads : Runtime.getRuntime().availableProcessors();
  }

  /// The form with provider options names the library that is missing; the short form does not.
  private static void addCuda(SessionOptions options, int index) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index)) {
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      cuda.add("cudnn_conv_algo_search", "EXHAUSTIVE");
      options.addCUDA(cuda);
      // A node without a CUDA kernel must fail the load, not run on the processor unseen.
      options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
    } catch (OrtException e) {
      String hint =
          oneLine(e).contains("Failed to find CUDA shared provider")
              ? " (this is ONNX Runtime for the processor only, without the library"
                  + " onnxruntime_providers_cuda; the GPU build is onnxruntime_gpu)"
              : "";
      throw new JobException(
          FailureCode.DEVICE_FAILED, "device cuda:%d: %s%s".formatted(index, oneLine(e), hint), e);
    }
  }

  private JobException refused(String name, OrtException e) {
    String reason = oneLine(e);
    if (isOutOfMemory(e)) {
      return new JobException(
          FailureCode.DEVICE_OUT_OF_MEMORY,
          "device %s: %s: %s".formatted(device.key(), name, reason),
          e);
    }
    if (reason.contains("CUDA") || reason.contains("assigned to the default CPU EP")) {
      return new JobException(
          FailureCode.DEVICE_FAILED, "device %s: %s: %s".formatted(device.key(), name, reason), e);
    }
    return new JobException(
        FailureCode.MODEL_BROKEN, name + ": ONNX Runtime cannot load it: " + reason, e);
  }

  static boolean isOutOfMemory(OrtException e) {
    String reason = oneLine(e);
    return reason.contains("Failed to allocate")
        || reason.contains("out of memory")
        || reason.contains("bad_alloc")
        || reason.contains("CUDNN_STATUS_ALLOC_FAILED")
        || reason.contains("CUBLAS_STATUS_ALLOC_FAILED");
  }

  /// Whether a network gave, or wanted, other sizes than its file says.
  static boolean isWrongShape(OrtException e) {
    return e.getCode() == OrtErrorCode.ORT_INVALID_ARGUMENT
        || WRONG_SHAPE.matcher(oneLine(e)).find();
  }

  static String oneLine(OrtException e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
  }
}
