package dev.stemfleet.common.catalog;

import dev.stemfleet.common.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Finds the YAML files of a folder, sorted by name.
final class DefinitionFiles {
  private DefinitionFiles() {}

  static List<String> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ConfigException(folder, "cannot be listed: " + e.getMessage());
    }
  }

  static List<String> onClassPath(String prefix) {
    TreeSet<String> names = new TreeSet<>();
    try {
      ClassLoader loader = DefinitionFiles.class.getClassLoader();
      for (URL url : Collections.list(loader.getResources(prefix))) {
        names.addAll(in(url.toURI(), prefix));
      }
    } catch (IOException | URISyntaxException e) {
      throw new ConfigException("classpath:" + prefix, "cannot be listed: " + e.getMessage());
    }
    return List.copyOf(names);
  }

  private static List<String> in(URI uri, String prefix) throws IOException {
    if (!"jar".equals(uri.getScheme())) {
      return in(Path.of(uri));
    }
    // A file system of our own, by the jar's path: the shared one of the URI may be closed under
    // us.
    String jar = uri.getRawSchemeSpecificPart();
    Path file = Path.of(URI.create(jar.substring(0, jar.indexOf("!/"))));
    try (FileSystem inside = FileSystems.newFileSystem(file, Map.of())) {
      return in(inside.getPath(prefix));
    }
  }
}
