package dev.stemfleet.common.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Native libraries for this machine, unpacked from their jar.
public final class NativeLibraries {
  /// Not used, and not found on most machines.
  private static final String UNUSED = "tensorrt";

  private NativeLibraries() {}

  /// The folder for a jar's libraries, whether they were unpacked or not.
  public static Path folder(Path jar, Path into) {
    return into.resolve(jar.getFileName().toString().replace(".jar", ""));
  }

  /// Unpacks those of ONNX Runtime.
  ///
  /// @return the folder that has them
  /// @throws IOException if the jar cannot be read or the folder cannot be written
  public static Path unpacked(Path jar, Path into) throws IOException {
    return unpacked(jar, "ai/onnxruntime/native/" + machine() + "/", into);
  }

  /// Unpacks what lies at a place of a jar unless it was unpacked before. All or nothing; several
  /// processes may do so at once.
  ///
  /// @param inside folder in the jar, ends with `/`
  /// @return the folder that has them
  /// @throws IOException if the jar cannot be read or the folder cannot be written
  public static Path unpacked(Path jar, String inside, Path into) throws IOException {
    Path folder = folder(jar, into);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Files.createDirectories(into);
    Path fresh = Files.createTempDirectory(into, folder.getFileName() + ".new");
    try {
      copy(jar, inside, fresh);
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(fresh);
      // Another process was quicker.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    return folder;
  }

  private static void copy(Path jar, String inside, Path into) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith(inside)
            && name.matches(".*\\.(so|dylib|dll)")
            && !name.contains(UNUSED)) {
          try (InputStream library = zip.getInputStream(entry)) {
            Files.copy(
                library,
                into.resolve(name.substring(inside.length())),
                StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /// As ONNX Runtime names it in its jar.
  private static String machine() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    String name = system.startsWith("mac") ? "osx" : system.startsWith("win") ? "win" : "linux";
    return name + "-" + (processor.equals("amd64") ? "x64" : processor);
  }
}
