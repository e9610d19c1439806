package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The libraries of CUDA 12 and cuDNN 9 that came along with the program, for machines that have
/// only NVIDIA's driver. Where the system has them, nothing is done.
///
/// ONNX Runtime's CUDA library names the others without saying where they lie; what a process has
/// loaded already satisfies such a name.
@SuppressWarnings("restricted") // opening libraries is what it is for
final class CudaLibraries {
  private static final Logger LOG = LoggerFactory.getLogger(CudaLibraries.class);

  /// In the order of their needs.
  private static final List<String> TOOLKIT =
      List.of(
          "libcudart.so.12",
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libcurand.so.10",
          "libcufft.so.11",
          "libnvrtc.so.12");

  /// Opens its other parts itself: they lie beside it.
  private static final List<String> NEURAL = List.of("libcudnn.so.9");

  private static boolean loaded;

  private CudaLibraries() {}

  /// Loads what the system lacks, once per process; what cannot be loaded is named by ONNX Runtime
  /// afterwards.
  static synchronized void load() {
    if (loaded || !System.getProperty("os.name").equals("Linux")) {
      return;
    }
    loaded = true;
    folder()
        .ifPresent(
            folder -> {
              load(folder, TOOLKIT);
              load(folder, NEURAL);
            });
  }

  /// All of them or none: parts of two versions do not fit together.
  private static void load(Path folder, List<String> names) {
    if (names.stream().allMatch(CudaLibraries::systemHas)) {
      LOG.atInfo().log("{} and what belongs to it: the system's", names.getFirst());
      return;
    }
    for (String name : names) {
      try {
        SymbolLookup.libraryLookup(folder.resolve(name), Arena.global());
      } catch (IllegalArgumentException e) {
        LOG.atWarn().log("{} in {} cannot be loaded: {}", name, folder, e.getMessage());
        return;
      }
    }
    LOG.atInfo().log("{} and what belongs to it: from {}", names.getFirst(), folder);
  }

  private static boolean systemHas(String name) {
    try (Arena probe = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(name, probe);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<Path> within(Path cuda) {
    try (Stream<Path> files = Files.walk(cuda)) {
      return files
          .filter(file -> file.endsWith(TOOLKIT.getFirst()))
          .findFirst()
          .map(Path::getParent);
    } catch (IOException e) {
      LOG.atWarn().log("{} cannot be read: {}", cuda, e.getMessage());
      return Optional.empty();
    }
  }

  /// Somewhere in the folder `cuda`, which lies beside the folder of jars that has ONNX Runtime's.
  private static Optional<Path> folder() {
    CodeSource source = OrtEnvironment.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Optional.empty();
    }
    try {
      Path jars = Path.of(source.getLocation().toURI()).toAbsolutePath().getParent();
      return Optional.ofNullable(jars)
          .map(all -> all.resolveSibling("cuda"))
          .filter(Files::isDirectory)
          .flatMap(CudaLibraries::within);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
