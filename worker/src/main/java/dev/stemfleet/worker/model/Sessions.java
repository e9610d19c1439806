package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Opens sessions of ONNX Runtime with the settings that suit a resident network of fixed shape.
///
/// @param cpuThreads for one network's arithmetic; 0 = one per core
/// @param seen is told where the nodes of each network ran; null if nobody wants to know
record Sessions(Device device, int cpuThreads, @Nullable Consumer<NodeTimes> seen) {
  private static final String ON_PROCESSOR = "assigned to the default CPU EP";
  private static final AtomicReference<OrtEnvironment> OPENED = new AtomicReference<>();
  private static final Pattern WRONG_SHAPE =
      Pattern.compile("(?i)shape verification failed|invalid dimensions|shape mismatch|broadcast");

  /// Sessions whose nodes run on the device.
  Sessions(Device device, int cpuThreads) {
    this(device, cpuThreads, null);
  }

  /// Opens a file that was checked before. The caller closes what it gets.
  ///
  /// @throws JobException MODEL_BROKEN if the file is no network, DEVICE_FAILED if the device
  ///   cannot be used
  OpenSession open(CatalogEntry model, ModelFile file) {
    String name = model.place().name(file.path());
    if (seen != null) {
      return open(model, file, new NodeWatch(seen));
    }
    try {
      return open(model, file, null);
    } catch (JobException e) {
      if (!String.valueOf(e.getMessage()).contains(ON_PROCESSOR)) {
        throw e;
      }
      // Some nodes have no kernel there. Harmless for shapes, not for transforms: it is measured.
      return open(model, file, NodeWatch.requiring(device, name));
    }
  }

  private OpenSession open(CatalogEntry model, ModelFile file, @Nullable NodeWatch watch) {
    String name = model.place().name(file.path());
    try {
      SessionOptions options = options();
      try {
        watch(options, watch);
        return new OpenSession(session(model, file, options), options, watch);
      } catch (OrtException | IOException | RuntimeException e) {
        options.close();
        throw e;
      }
    } catch (RuntimeException e) {
      closed(watch);
      throw e;
    } catch (OrtException e) {
      closed(watch);
      throw refused(name, e);
    } catch (IOException e) {
      closed(watch);
      throw ModelFiles.broken(name, "cannot be read: " + e.getMessage());
    }
  }

  private void watch(SessionOptions options, @Nullable NodeWatch watch) throws OrtException {
    if (watch != null) {
      watch.begin(options);
    } else if (device instanceof Device.Cuda) {
      // A node without a CUDA kernel must fail the load, not run on the processor unseen.
      options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
    }
  }

  private static void closed(@Nullable NodeWatch watch) {
    if (watch != null) {
      watch.close();
    }
  }

  private static OrtSession session(CatalogEntry model, ModelFile file, SessionOptions options)
      throws OrtException, IOException {
    OrtEnvironment environment = environment();
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

  /// The process's only one, opened at its first use. Asked for with every small tensor, so that a
  /// thread with a deep stack is started for the first one only.
  static OrtEnvironment environment() throws OrtException {
    if (OPENED.get() == null) {
      RuntimeLibraries.unpack();
      OPENED.set(DeepStack.call(OrtEnvironment::getEnvironment));
    }
    return OPENED.get();
  }

  /// The caller closes them, after the session.
  SessionOptions options() throws OrtException {
    // CUDA's library is opened while options are made, and wants the environment's log.
    environment();
    SessionOptions options = new SessionOptions();
    try {
      options.setOptimizationLevel(OptLevel.ALL_OPT);
      // Idle threads that spin would take the cores that decoding and encoding need.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      switch (device) {
        case Device.Cpu() -> options.setIntraOpNumThreads(threads());
        case Device.Cuda(int index) -> CudaProvider.add(options, index);
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

  private JobException refused(String name, OrtException e) {
    String reason = oneLine(e);
    if (isOutOfMemory(e)) {
      return new JobException(
          FailureCode.DEVICE_OUT_OF_MEMORY,
          "device %s: %s: %s".formatted(device.key(), name, reason),
          e);
    }
    if (reason.contains("CUDA") || reason.contains(ON_PROCESSOR)) {
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
