package dev.stemfleet.worker.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The Java sources of all modules: which types and packages there are.
final class Sources {
  private static final List<String> MODULES = List.of("common", "dispatcher", "worker");
  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");

  private final Map<String, String> textsByType = new HashMap<>();
  private final Set<String> packages = new HashSet<>();

  private Sources() {}

  static Sources read() throws IOException {
    Sources sources = new Sources();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(Page.home().resolve(module).resolve("src"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          sources.add(Files.readString(file));
        }
      }
    }
    return sources;
  }

  private void add(String text) {
    Matcher type = TYPE.matcher(text);
    while (type.find()) {
      textsByType.merge(type.group(1), text, String::concat);
    }
    Matcher inPackage = Pattern.compile("(?m)^package ([\\w.]+);").matcher(text);
    if (inPackage.find()) {
      packages.add(inPackage.group(1));
    }
  }

  /// What is wrong with `Type` or `Type.method`.
  Optional<String> complaint(String type, String member) {
    String text = textsByType.get(type);
    if (text == null) {
      return Optional.of("there is no type " + type);
    }
    boolean known = member == null || text.matches("(?s).*\\b" + member + "\\b.*");
    return known ? Optional.empty() : Optional.of(type + " has no " + member);
  }

  boolean hasPackage(String name) {
    return packages.contains(name);
  }
}
