package dev.stemfleet.worker.speech;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.stemfleet.common.config.NativeLibraries;
import dev.stemfleet.common.config.UserCache;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the tokenizers' native library taken from its jar and from nowhere else. Left to itself DJL
/// asks its makers' servers for another one where it finds CUDA, and tells them of its start on
/// some machines.
final class TokenizerLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(TokenizerLibrary.class);
  private static final String PLACE = "RUST_LIBRARY_PATH";

  private TokenizerLibrary() {}

  /// To be called before DJL is touched. Unpacked once per version into the user's cache folder,
  /// all or nothing. Whoever starts the process may have said where it lies.
  static synchronized void unpack() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    CodeSource source = HuggingFaceTokenizer.class.getProtectionDomain().getCodeSource();
    if (System.getenv(PLACE) != null || System.getProperty(PLACE) != null || source == null) {
      return;
    }
    try {
      Path jar = Path.of(source.getLocation().toURI());
      if (Files.isRegularFile(jar)) {
        Path folder = UserCache.folder().resolve("natives");
        String inside = "native/lib/" + machine() + "/cpu/";
        Path unpacked = NativeLibraries.unpacked(jar, inside, folder);
        // Of the file, not of its folder: DJL 0.38 fails on folders where it finds no CUDA.
        System.setProperty(PLACE, unpacked.resolve(System.mapLibraryName("tokenizers")).toString());
      }
    } catch (IOException | URISyntaxException e) {
      LOG.atWarn().log("the tokenizers' library is unpacked by DJL: {}", e.toString());
    }
  }

  /// As DJL names it in its jar.
  private static String machine() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    String name = system.startsWith("mac") ? "osx" : system.startsWith("win") ? "win" : "linux";
    return name + "-" + (processor.equals("amd64") ? "x86_64" : processor);
  }
}
