package dev.stemfleet.dispatcher.submit;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// What the names of inputs tell: titles, and which files are scripts.
final class InputNames {
  private static final Set<String> SCRIPTS = Set.of("txt", "md");

  private InputNames() {}

  /// Whether a place holds text to be spoken, by its name.
  static boolean isScript(TrackEntry.Place place) {
    return switch (place) {
      case TrackEntry.LocalFile(Path path) -> isScript(path);
      case TrackEntry.Elsewhere elsewhere ->
          SCRIPTS.contains(extension(path(elsewhere.source().uri())));
    };
  }

  static boolean isScript(Path file) {
    return SCRIPTS.contains(extension(String.valueOf(file.getFileName())));
  }

  /// In lower case; empty if there is none.
  static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /// The name of a file without what says its kind.
  static String of(TrackEntry.Place place) {
    return switch (place) {
      case TrackEntry.LocalFile(Path path) -> of(path);
      case TrackEntry.Elsewhere elsewhere -> of(elsewhere.source().uri());
    };
  }

  static String of(Path file) {
    return withoutExtension(String.valueOf(file.getFileName()));
  }

  static String of(URI uri) {
    String path = path(uri);
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isBlank() ? String.valueOf(uri.getHost()) : withoutExtension(name);
  }

  private static String path(URI uri) {
    return uri.getPath() == null ? "" : uri.getPath();
  }

  private static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
