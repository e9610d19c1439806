package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The folders below which tracks may lie, by the names under which workers know them. Links are
/// followed on both sides, so that a link does not lead out of a root. Immutable.
public final class Roots {
  private final Map<String, Path> folders;
  private final Map<String, Path> named = new LinkedHashMap<>();

  /// @param folders by name; one that does not exist here is of no use and passed over
  public Roots(Map<String, Path> folders) {
    Map<String, Path> real = new LinkedHashMap<>();
    folders.forEach(
        (name, folder) -> {
          named.put(name, folder.toAbsolutePath().normalize());
          if (Files.isDirectory(folder)) {
            real.put(name, real(folder));
          }
        });
    this.folders = real;
  }

  /// The smallest set of roots, named `local-1`, `local-2`, …, that covers the files: their
  /// folders. For programs that run their own workers on this machine.
  public static Map<String, Path> covering(Collection<Path> files) {
    Map<String, Path> roots = new LinkedHashMap<>();
    List<Path> parents =
        files.stream()
            .filter(Files::exists)
            .map(file -> Objects.requireNonNull(real(file).getParent()))
            .distinct()
            .sorted()
            .toList();
    for (Path folder : parents) {
      if (roots.values().stream().noneMatch(folder::startsWith)) {
        roots.put("local-" + (roots.size() + 1), folder);
      }
    }
    return roots;
  }

  /// What workers call a file; the deepest root wins.
  ///
  /// @throws JobException SOURCE_FORBIDDEN if it lies below none of the roots
  public Source.InRoot locate(Path file) {
    Path real = real(file);
    return deepest(folders, real).orElseThrow(() -> outside(file, real));
  }

  /// @throws JobException SOURCE_FORBIDDEN if the folder lies below none of the roots and is none
  public void requireBelow(Path folder) {
    Path real = real(folder);
    if (folders.values().stream().noneMatch(real::startsWith)) {
      throw outside(folder, real);
    }
  }

  /// What workers call a file that may not be there: by its path alone, if that leads into a root.
  ///
  /// @throws JobException SOURCE_FORBIDDEN if it lies below none of the roots, SOURCE_MISSING if
  ///   only looking could tell and there is nothing
  Source.InRoot locateUnseen(Path file) {
    return deepest(named, file.toAbsolutePath().normalize()).orElseGet(() -> locate(file));
  }

  private static Optional<Source.InRoot> deepest(Map<String, Path> roots, Path file) {
    return roots.entrySet().stream()
        .filter(root -> file.startsWith(root.getValue()))
        .max(Comparator.comparingInt(root -> root.getValue().getNameCount()))
        .map(root -> new Source.InRoot(root.getKey(), slashed(root.getValue().relativize(file))));
  }

  private JobException outside(Path file, Path real) {
    String known =
        folders.entrySet().stream()
            .map(root -> root.getKey() + "=" + root.getValue())
            .collect(Collectors.joining(", "));
    String link = real.equals(file.toAbsolutePath().normalize()) ? "" : " (really " + real + ")";
    return new JobException(
        FailureCode.SOURCE_FORBIDDEN,
        file
            + link
            + (known.isEmpty()
                ? ": no root is known here; name the folder that workers share:"
                    + " --root music=/mnt/nas/music"
                : ": lies below none of the roots: " + known));
  }

  private static String slashed(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new JobException(
          FailureCode.SOURCE_MISSING, path + ": cannot be found: " + e.getMessage(), e);
    }
  }
}
