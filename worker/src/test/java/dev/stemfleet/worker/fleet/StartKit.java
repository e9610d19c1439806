package dev.stemfleet.worker.fleet;

import dev.stemfleet.common.domain.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// What lets the workers and commands of tests start quickly: this build's classes in a jar, and a
/// cache of the classes that a worker loads (JEP 483), which folders of classes cannot have. A
/// start costs about 2 s of processor time with them and 3 s without. Made by the first worker of a
/// build that comes by; until then, and if that fails, workers start from the class path of the
/// tests.
///
/// @param build names this build's classes
public record StartKit(String build) {
  private static final Path FOLDER = Path.of("target", "start-kit").toAbsolutePath();
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final List<String> SILENT = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");
  private static final String TESTS = "test-classes";
  private static @Nullable StartKit ofThisBuild;
  private static boolean tried;

  /// Starts a worker that is thrown away.
  @FunctionalInterface
  interface Rehearsal {
    /// Waits for its start and its end, and never throws.
    ///
    /// @param options of its JVM, class path included
    /// @return whether it started and left in an orderly way
    boolean run(List<String> options);
  }

  /// JVM options with the class path, for a worker or a command.
  public static synchronized List<String> options() {
    StartKit kit = ofThisBuild();
    return Files.exists(kit.cache())
        ? with(SILENT, "-XX:AOTCache=" + kit.cache(), "-cp", kit.classPath())
        : List.of("-cp", CLASS_PATH);
  }

  /// Makes the kit, unless it is there or somebody is at it. Tried once.
  static synchronized void prepare(Rehearsal rehearsal) {
    if (!tried && !Files.exists(ofThisBuild().cache())) {
      tried = true;
      try {
        ofThisBuild().make(rehearsal);
      } catch (IOException e) {
        System.out.println("workers start slowly: " + e);
      }
    }
  }

  private static StartKit ofThisBuild() {
    if (ofThisBuild == null) {
      StringBuilder all = new StringBuilder(CLASS_PATH);
      for (Path file : classes().flatMap(StartKit::all).toList()) {
        all.append(file).append(file.toFile().lastModified()).append(file.toFile().length());
      }
      byte[] text = all.toString().getBytes(StandardCharsets.UTF_8);
      ofThisBuild = new StartKit(Sha256.of(text).substring(0, 16));
    }
    return ofThisBuild;
  }

  private Path cache() {
    return FOLDER.resolve(build + ".aot");
  }

  private Path jar() {
    return FOLDER.resolve(build + ".jar");
  }

  private String classPath() {
    return jar()
        + File.pathSeparator
        + entries()
            .filter(Files::isRegularFile)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
  }

  private void make(Rehearsal rehearsal) throws IOException {
    Files.createDirectories(FOLDER);
    try (FileChannel lock =
            FileChannel.open(
                FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock mine = lock.tryLock()) {
      if (mine == null || Files.exists(cache())) {
        return;
      }
      removeOthers();
      writeJar();
      Path fresh = FOLDER.resolve(build + ".fresh");
      if (rehearsal.run(with(SILENT, "-XX:AOTCacheOutput=" + fresh, "-cp", classPath()))) {
        Files.move(fresh, cache(), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private void removeOthers() throws IOException {
    for (Path file : all(FOLDER).toList()) {
      if (!file.endsWith("lock")) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void writeJar() throws IOException {
    try (OutputStream file = Files.newOutputStream(jar());
        ZipOutputStream zip = new ZipOutputStream(file)) {
      Set<String> names = new HashSet<>();
      for (Path root : classes().toList()) {
        for (Path path : all(root).toList()) {
          // Folders, too: the program looks for its models by theirs.
          String name = root.relativize(path) + (Files.isDirectory(path) ? "/" : "");
          if (names.add(name)) {
            zip.putNextEntry(new ZipEntry(name));
            if (Files.isRegularFile(path)) {
              Files.copy(path, zip);
            }
          }
        }
      }
    }
  }

  private static List<String> with(List<String> options, String... more) {
    return Stream.concat(options.stream(), Arrays.stream(more)).toList();
  }

  /// Folders of classes that ship.
  private static Stream<Path> classes() {
    return entries().filter(Files::isDirectory).filter(path -> !path.endsWith(TESTS));
  }

  private static Stream<Path> entries() {
    return Arrays.stream(CLASS_PATH.split(File.pathSeparator)).map(Path::of);
  }

  private static Stream<Path> all(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !path.equals(root)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
