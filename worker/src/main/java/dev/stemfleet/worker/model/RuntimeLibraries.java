package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtEnvironment;
import dev.stemfleet.common.config.NativeLibraries;
import dev.stemfleet.common.config.UserCache;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has ONNX Runtime's libraries unpacked once per version, in the user's cache folder. Left to
/// itself every process unpacks them anew into the folder for temporary files, where a process that
/// is killed leaves them: 587 MB with CUDA.
final class RuntimeLibraries {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeLibraries.class);
  private static final String PROPERTY = "onnxruntime.native.path";

  private RuntimeLibraries() {}

  /// To be called before ONNX Runtime is touched. Whoever starts the process may have said where
  /// they lie. Where they cannot be unpacked, ONNX Runtime does it its own way.
  static synchronized void unpack() {
    CodeSource source = OrtEnvironment.class.getProtectionDomain().getCodeSource();
    if (System.getProperty(PROPERTY) != null || source == null) {
      return;
    }
    try {
      Path jar = Path.of(source.getLocation().toURI());
      if (Files.isRegularFile(jar)) {
        Path folder = UserCache.folder().resolve("natives");
        System.setProperty(PROPERTY, NativeLibraries.unpacked(jar, folder).toString());
      }
    } catch (IOException | URISyntaxException e) {
      LOG.atWarn().log("ONNX Runtime unpacks its libraries anew in each process: {}", e.toString());
    }
  }
}
