package dev.stemfleet.worker.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One page of Markdown as the tests of the documentation read it.
///
/// @param file absolute
/// @param text with `\n` between lines
record Page(Path file, String text) {
  private static final Pattern FENCED = Pattern.compile("(?ms)^\\s*```[a-z]*\\n(.*?)^\\s*```");
  private static final Pattern INLINE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");

  /// The installation whose pages these are.
  static Path home() {
    return Path.of(System.getProperty("stemfleet.home")).toAbsolutePath().normalize();
  }

  /// Every page that people read.
  static List<Page> all() throws IOException {
    List<Page> pages = new ArrayList<>();
    for (String name : List.of("README.md", "CONTRIBUTING.md", "AGENTS.md")) {
      pages.add(of(name));
    }
    try (Stream<Path> files = Files.walk(home().resolve("docs"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        pages.add(read(file));
      }
    }
    return pages;
  }

  /// @param name relative to the installation
  static Page of(String name) throws IOException {
    return read(home().resolve(name));
  }

  private static Page read(Path file) throws IOException {
    return new Page(file, Files.readString(file).replace("\r\n", "\n"));
  }

  String name() {
    return home().relativize(file).toString();
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /// Words between backticks, outside of blocks.
  List<String> inlineCode() {
    return found(INLINE, FENCED.matcher(text).replaceAll(""));
  }

  /// Lines of blocks, those with a backslash at their end joined with the next.
  List<String> codeLines() {
    return found(FENCED, text).stream()
        .flatMap(block -> block.replaceAll("\\\\\\n\\s*", " ").lines())
        .toList();
  }

  /// Targets of links to other places of this repository.
  List<String> links() {
    return found(LINK, FENCED.matcher(text).replaceAll("")).stream()
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  /// What links to parts of this page may name.
  List<String> anchors() {
    return found(HEADING, FENCED.matcher(text).replaceAll("")).stream()
        .map(
            heading ->
                heading
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .strip()
                    .replace(' ', '-'))
        .toList();
  }

  /// The cells of the table rows below a heading, without the table's own heading.
  List<List<String>> rowsBelow(String heading) {
    int start = ("\n" + text).indexOf("\n" + heading + "\n");
    if (start < 0) {
      throw new IllegalArgumentException(name() + " has no heading " + heading);
    }
    int next = text.indexOf("\n## ", start + heading.length());
    String part = text.substring(start, next < 0 ? text.length() : next);
    return part.lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.replace("\\|", "¦").substring(1))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .toList();
  }

  private static List<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    List<String> all = new ArrayList<>();
    while (matcher.find()) {
      all.add(matcher.group(1));
    }
    return all;
  }
}
