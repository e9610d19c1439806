package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.config.NativeLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What lies ready in an installation so that its programs start quickly: per program a cache of
/// loaded, linked and profiled classes (JEP 483, 514, 515), and ONNX Runtime's libraries unpacked,
/// which every JVM would unpack anew. Made by [Rehearsal], once per build.
///
/// Every part may be missing, stale, or broken: a JVM that cannot use its cache starts without it
/// and says nothing. Only reading is needed to use them. Immutable.
///
/// @param folder that holds all of it
public record QuickStart(Path folder) {
  static final String WORKER = "worker";
  static final String BROKER = "broker";
  static final String COMMAND = "stemfleet";

  /// A cache that does not fit is no news to users. `stemfleet` says the same.
  private static final List<String> SILENT = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

  private static final String RUNTIME = "onnxruntime";

  /// What was made for an installation, or will be.
  public static QuickStart of(Path home) {
    return new QuickStart(home.resolve("target").resolve("start"));
  }

  /// JVM options that use a program's cache; none if it was not made.
  List<String> options(String program) {
    Path cache = cache(program);
    if (!Files.isReadable(cache)) {
      return List.of();
    }
    List<String> options = new ArrayList<>(SILENT);
    options.add("-XX:AOTCache=" + cache);
    return options;
  }

  /// JVM options that make a program's cache when it ends; see [#keep].
  List<String> recording(String program) {
    List<String> options = new ArrayList<>(SILENT);
    options.add("-XX:AOTCacheOutput=" + fresh(program));
    return options;
  }

  /// Puts a newly made cache in its place. Processes that use the former one keep it.
  ///
  /// @throws IOException if none was made
  void keep(String program) throws IOException {
    Files.move(
        fresh(program),
        cache(program),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// JVM options that use the unpacked libraries of ONNX Runtime; none if there are none for the
  /// jar that is on the class path.
  ///
  /// @param libraries the worker's folder of jars
  List<String> runtimeOptions(Path libraries) throws IOException {
    return runtimeJar(libraries)
        .map(jar -> NativeLibraries.folder(jar, folder))
        .filter(Files::isDirectory)
        .map(unpacked -> List.of("-Donnxruntime.native.path=" + unpacked))
        .orElse(List.of());
  }

  /// Unpacks ONNX Runtime's libraries for this machine, unless they are there. All or nothing.
  void unpackRuntime(Path libraries) throws IOException {
    Optional<Path> jar = runtimeJar(libraries);
    if (jar.isPresent()) {
      NativeLibraries.unpacked(jar.get(), folder);
    }
  }

  private Path cache(String program) {
    return folder.resolve(program + ".aot");
  }

  private Path fresh(String program) {
    return folder.resolve(program + ".aot.new");
  }

  private static Optional<Path> runtimeJar(Path libraries) throws IOException {
    try (Stream<Path> jars = Files.list(libraries)) {
      return jars.filter(jar -> jar.getFileName().toString().matches(RUNTIME + ".*\\.jar"))
          .findFirst();
    }
  }
}
