package dev.stemfleet.dispatcher.models;

import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// A folder inside the folder of models where a new model is whole before it is seen: the catalog
/// reads no folders below its own. Closing removes it. Used by one thread.
final class Staging implements AutoCloseable {
  private static final String PREFIX = ".adding-";
  private static final Duration LEFT_BEHIND = Duration.ofDays(1);

  private final Path models;
  private final Path folder;
  private final String prefix;
  private final ModelMaker.Ways ways;
  private final Map<Path, String> added = new LinkedHashMap<>();
  private final List<String> definitions = new ArrayList<>();

  private Staging(Path models, Path folder, String prefix, ModelMaker.Ways ways) {
    this.models = models;
    this.folder = folder;
    this.prefix = prefix;
    this.ways = ways;
  }

  /// @param prefix of the paths of files that come from elsewhere: empty, or a folder and `/`
  static Staging open(Path models, String prefix, ModelMaker.Ways ways) throws IOException {
    removeLeftovers(models);
    return new Staging(models, Files.createTempDirectory(models, PREFIX), prefix, ways);
  }

  /// What killed processes left. Nobody loads one model for so long.
  private static void removeLeftovers(Path models) throws IOException {
    Instant old = Instant.now().minus(LEFT_BEHIND);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(models, PREFIX + "*")) {
      for (Path folder : folders) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(old)) {
          remove(folder);
        }
      }
    }
  }

  Path folder() {
    return folder;
  }

  /// Where files will lie, below the folder of models: where they are if they are there already,
  /// else side by side as they are now. Networks come first.
  SequencedMap<Path, String> places(List<Network> networks) {
    SequencedMap<Path, String> places = new LinkedHashMap<>();
    networks.forEach(network -> places.put(network.file(), place(network.file(), network.name())));
    for (Network network : networks) {
      for (String side : network.graph().sideFiles()) {
        Path file = network.file().resolveSibling(side);
        places.putIfAbsent(file, place(file, side));
      }
    }
    return places;
  }

  private String place(Path file, String name) {
    return isInPlace(file) ? models.relativize(file).toString().replace('\\', '/') : prefix + name;
  }

  private boolean isInPlace(Path file) {
    return file.startsWith(models) && !models.relativize(file).toString().startsWith(".");
  }

  /// @throws RequestException if another file is in its place
  void add(Path file, String path) {
    Path target = models.resolve(path);
    if (!isInPlace(file) && Files.exists(target) && !ways.force()) {
      throw new RequestException(target + ": is there already; --force replaces it");
    }
    added.put(file, path);
    Path staged = folder.resolve(path);
    try {
      Files.createDirectories(staged.getParent());
      if (isInPlace(file)) {
        hardLink(file, staged);
      } else if (ways.link()) {
        Files.createSymbolicLink(staged, file.toRealPath());
      } else if (file.startsWith(models)) {
        hardLink(file, staged);
      } else {
        Files.copy(file, staged);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(staged + ": cannot be written", e);
    }
  }

  /// File systems without hard links get a copy.
  private static void hardLink(Path file, Path link) throws IOException {
    try {
      Files.createLink(link, file);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(file, link);
    }
  }

  void stage(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    definitions.add(name);
  }

  /// Moves everything to where it belongs, the definition last.
  void place() throws IOException {
    List<Path> placed = new ArrayList<>();
    try {
      for (Map.Entry<Path, String> file : added.entrySet()) {
        if (!isInPlace(file.getKey())) {
          placed.add(move(file.getValue()));
        }
      }
      for (String definition : definitions) {
        placed.add(move(definition));
      }
      removeFetched();
    } catch (IOException e) {
      for (Path file : placed) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  /// Files that were fetched into a folder of ours have their place now.
  private void removeFetched() throws IOException {
    for (Path file : added.keySet()) {
      if (file.startsWith(models) && !isInPlace(file)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path move(String path) throws IOException {
    Path target = models.resolve(path);
    Files.createDirectories(target.getParent());
    return Files.move(
        folder.resolve(path),
        target,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// Also called while the process ends, beside whoever writes here.
  @Override
  public void close() throws IOException {
    remove(folder);
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
