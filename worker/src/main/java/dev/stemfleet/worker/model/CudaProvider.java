package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// CUDA for one session, with the options that suit networks of fixed shape.
final class CudaProvider {
  private static final Pattern MISSING =
      Pattern.compile("(\\S+\\.so[.0-9]*): cannot open shared object file");

  private CudaProvider() {}

  /// The form with provider options names the library that is missing; the short form does not.
  ///
  /// What is left at its default: `do_copy_in_default_stream` (1, else copies have raced),
  /// `use_tf32` (1, quicker from Ampere on), `gpu_mem_limit` (it limits one session's arena, not
  /// the device).
  ///
  /// @throws JobException DEVICE_FAILED naming the device and what is missing
  static void add(SessionOptions options, int index) {
    CudaLibraries.load();
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index)) {
      // Shapes never change: an arena of just the size that the first run wants.
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      // Searched once per shape, in the warm-up. DEFAULT would take slow fall-back algorithms.
      cuda.add("cudnn_conv_algo_search", "EXHAUSTIVE");
      options.addCUDA(cuda);
    } catch (OrtException e) {
      throw new JobException(
          FailureCode.DEVICE_FAILED,
          "device cuda:%d: %s".formatted(index, reason(Sessions.oneLine(e))),
          e);
    }
  }

  /// What ONNX Runtime says, shorter where it is known what it means.
  static String reason(String said) {
    Matcher missing = MISSING.matcher(said);
    if (missing.find()) {
      String library = missing.group(1);
      return library.startsWith("libcuda.so")
          ? "the library %s is missing: it comes with NVIDIA's driver".formatted(library)
          : "the library %s is missing: install CUDA 12 and cuDNN 9, or build with -Pgpu"
                  .formatted(library)
              + " -Dcuda.libraries";
    }
    return said.contains("Failed to find CUDA shared provider")
        ? said
            + " (this is ONNX Runtime for the processor only, without the library"
            + " onnxruntime_providers_cuda; a build with -Pgpu has it)"
        : said;
  }
}
