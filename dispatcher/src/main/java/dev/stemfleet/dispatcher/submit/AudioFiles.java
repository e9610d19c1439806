package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Finds sound files below folders and by patterns, sorted by path. Known by their names: nothing
/// is opened. Hidden files and folders are passed over.
final class AudioFiles {
  private static final Set<String> EXTENSIONS =
      Set.of(
          "aac", "ac3", "aif", "aifc", "aiff", "amr", "ape", "au", "caf", "dsf", "flac", "m4a",
          "m4b", "mka", "mp2", "mp3", "mpc", "oga", "ogg", "opus", "tta", "w64", "wav", "wave",
          "weba", "wma", "wv");

  private AudioFiles() {}

  /// @throws RequestException if there are none
  static List<Path> below(Path folder) {
    List<Path> found = walk(folder, AudioFiles::isAudio);
    if (found.isEmpty()) {
      throw new RequestException(folder + ": there is no sound file in this folder");
    }
    return found;
  }

  /// Those that are below a folder now, with what the file system says of them; none is no error.
  static SortedMap<Path, BasicFileAttributes> seen(Path folder) {
    return find(folder, AudioFiles::isAudio);
  }

  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /// Sound files that match, and those below folders that match. `**` crosses folders.
  ///
  /// @param folder that a relative pattern is relative to
  /// @throws RequestException if there are none
  static List<Path> matching(Path folder, String pattern) {
    Path base = pattern.startsWith("/") ? Path.of("/") : folder;
    List<String> parts =
        Stream.of(pattern.split("/+", -1)).filter(part -> !part.isEmpty()).toList();
    int plain = 0;
    while (plain < parts.size() && !isPattern(parts.get(plain))) {
      base = base.resolve(parts.get(plain++)).normalize();
    }
    Predicate<Path> matcher = matcher(base, parts.subList(plain, parts.size()), pattern);
    List<Path> found =
        Files.isDirectory(base)
            ? walk(base, file -> isWanted(file, pattern) && matcher.test(file))
            : List.of();
    if (found.isEmpty()) {
      throw new RequestException("'" + pattern + "': no sound file matches");
    }
    return found;
  }

  /// Whether a file, or a folder that it is in, matches the pattern's rest below `base`.
  private static Predicate<Path> matcher(Path base, List<String> parts, String pattern) {
    String rest = String.join("/", parts);
    try {
      PathMatcher deep = FileSystems.getDefault().getPathMatcher("glob:" + rest);
      // As in shells, ** is also no folder at all.
      PathMatcher flat = FileSystems.getDefault().getPathMatcher("glob:" + rest.replace("**/", ""));
      return file -> {
        Path relative = base.relativize(file);
        for (int i = 1; i <= relative.getNameCount(); i++) {
          Path part = relative.subpath(0, i);
          if (deep.matches(part) || flat.matches(part)) {
            return true;
          }
        }
        return false;
      };
    } catch (PatternSyntaxException e) {
      throw new RequestException("'" + pattern + "': " + e.getDescription());
    }
  }

  private static List<Path> walk(Path folder, Predicate<Path> wanted) {
    return List.copyOf(find(folder, wanted).keySet());
  }

  private static SortedMap<Path, BasicFileAttributes> find(Path folder, Predicate<Path> wanted) {
    Finder finder = new Finder(folder, wanted);
    try {
      Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, finder);
    } catch (IOException e) {
      throw new RequestException(folder + ": cannot be listed: " + e.getMessage());
    }
    return finder.found;
  }

  private static final class Finder extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Predicate<Path> wanted;
    private final SortedMap<Path, BasicFileAttributes> found = new TreeMap<>();

    Finder(Path folder, Predicate<Path> wanted) {
      this.folder = folder;
      this.wanted = wanted;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      boolean hidden = !path.equals(folder) && isHidden(path);
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && wanted.test(path)) {
        found.put(path, attributes);
      }
      return FileVisitResult.CONTINUE;
    }

    /// A link that leads back into its own folder, or a folder without right of entry.
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  /// Scripts are meant by patterns that end like them, and else are notes beside the sounds.
  private static boolean isWanted(Path file, String pattern) {
    boolean scripts = InputNames.isScript(Path.of(pattern.replaceAll("[*?]", "x")));
    return isAudio(file) || (scripts && InputNames.isScript(file) && !isHidden(file));
  }

  /// Whether a name is that of a sound file which is not hidden.
  static boolean isAudio(Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !isHidden(file) && EXTENSIONS.contains(extension);
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }
}
