package dev.stemfleet.worker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever the pages name exists.
final class DocsTest {
  private static final Pattern JAVA =
      Pattern.compile("([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:[.#]([a-z]\\w*)(?:\\(.*\\))?)?");
  private static final Pattern ROOM =
      Pattern.compile("(common|dispatcher|worker)\\.(?!log$)[a-z]+");
  private static final Pattern PATH =
      Pattern.compile("(assets|common|dispatcher|worker|docs|\\.ci|\\.mvn)/[\\w./-]+");
  private static final int README_LINES = 60;
  private static final int AGENTS_LINES = 80;

  private final Program program = new Program();

  @Test
  void everyTypeAndPackageThatAPageNamesExists() throws IOException {
    Sources sources = Sources.read();
    assertNoComplaints(
        (page, complaints) -> {
          for (String code : page.inlineCode()) {
            Matcher java = JAVA.matcher(code);
            if (java.matches()) {
              sources.complaint(java.group(1), java.group(2)).ifPresent(complaints);
            }
            if (ROOM.matcher(code).matches() && !sources.hasPackage("dev.stemfleet." + code)) {
              complaints.accept("there is no package dev.stemfleet." + code);
            }
          }
        });
  }

  @Test
  void everyCommandThatAPageShowsIsOne() throws IOException {
    assertNoComplaints(
        (page, complaints) ->
            Stream.concat(page.codeLines().stream(), page.inlineCode().stream())
                .forEach(line -> program.complaint(line).ifPresent(complaints)));
  }

  @Test
  void everyOptionThatAPageNamesIsOneOfSomeCommand() throws IOException {
    Set<String> known = new HashSet<>(program.options());
    known.addAll(WorkerFlags.names());
    assertNoComplaints(
        (page, complaints) ->
            page.inlineCode().stream()
                .filter(code -> code.matches("--[a-z].*"))
                .map(code -> code.replaceFirst("[ =].*", ""))
                .filter(option -> !known.contains(option))
                .forEach(option -> complaints.accept("there is no option " + option)));
  }

  @Test
  void everyFileThatAPageNamesExists() throws IOException {
    assertNoComplaints(
        (page, complaints) ->
            page.inlineCode().stream()
                .filter(code -> PATH.matcher(code).matches() && !code.contains("/target"))
                .filter(code -> !Files.exists(Page.home().resolve(code)))
                .forEach(code -> complaints.accept("there is no file " + code)));
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    assertNoComplaints(
        (page, complaints) ->
            page.links().stream()
                .filter(link -> !leadsSomewhere(page, link))
                .forEach(link -> complaints.accept("the link " + link + " leads nowhere")));
  }

  @Test
  void everyPageIsLinkedFromAnother() throws IOException {
    Set<Path> linked = new HashSet<>();
    for (Page page : Page.all()) {
      page.links().forEach(link -> linked.add(target(page, link)));
    }

    assertThat(Page.all())
        .filteredOn(page -> !page.name().equals("README.md"))
        .allSatisfy(page -> assertThat(linked).as(page.name()).contains(page.file()));
  }

  @Test
  void theReadmeFitsOneScreenAndHasBothCommands() throws IOException {
    Page readme = Page.of("README.md");

    assertThat(readme.lines()).hasSizeLessThanOrEqualTo(README_LINES);
    assertThat(readme.codeLines())
        .anySatisfy(line -> assertThat(line).startsWith("./stemfleet demo"))
        .anySatisfy(line -> assertThat(line).startsWith("./mvnw verify"));
    assertThat(Page.of("AGENTS.md").lines()).hasSizeLessThanOrEqualTo(AGENTS_LINES);
  }

  private static boolean leadsSomewhere(Page page, String link) {
    Path target = target(page, link);
    int hash = link.indexOf('#');
    try {
      return hash < 0
          ? Files.exists(target)
          : new Page(target, Files.readString(target)).anchors().contains(link.substring(hash + 1));
    } catch (IOException e) {
      return false;
    }
  }

  private static Path target(Page page, String link) {
    String path = link.replaceFirst("#.*", "");
    return path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
  }

  /// Says what is wrong with a page.
  private interface Rule {
    void apply(Page page, Consumer<String> complaints);
  }

  private static void assertNoComplaints(Rule rule) throws IOException {
    List<String> complaints = new ArrayList<>();
    for (Page page : Page.all()) {
      rule.apply(page, complaint -> complaints.add(page.name() + ": " + complaint));
    }

    assertThat(complaints).isEmpty();
  }
}
