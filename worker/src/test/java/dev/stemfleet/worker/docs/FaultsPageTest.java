package dev.stemfleet.worker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The figures on the page about reliability are those that the fault tests wrote.
///
/// With `-Dstemfleet.faults.take=true` the lines of the last run are taken from
/// `worker/target/faults`; with `-Dstemfleet.regenerate=true` the table is made anew.
final class FaultsPageTest {
  private static final String HEADING = "## The last figures\n";
  private static final Path LINES = Page.home().resolve("docs/reference/faults.jsonl");
  private static final Path PAGE = Page.home().resolve("docs/concepts/reliability.md");

  private static final List<String> COLUMNS =
      List.of("jobs", "failed", "repeated", "files", "seconds", "seed");

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void theTableOfFaultsIsUpToDate() throws IOException {
    if (Boolean.getBoolean("stemfleet.faults.take")) {
      take();
    }
    String page = Files.readString(PAGE);
    assertThat(page).contains(HEADING);
    String whole = page.substring(0, page.indexOf(HEADING) + HEADING.length()) + "\n" + table();
    if (Boolean.getBoolean("stemfleet.regenerate")) {
      Files.writeString(PAGE, whole);
    }
    assertThat(PAGE)
        .as("its table is made from %s: ./mvnw verify -Dstemfleet.regenerate=true", LINES)
        .hasContent(whole);
  }

  /// Lines of the last run replace older ones of the same trial.
  private void take() throws IOException {
    TreeMap<String, String> lines = new TreeMap<>();
    for (JsonNode line : lines()) {
      lines.put(line.get("trial").asText(), line.toString());
    }
    try (Stream<Path> files = Files.list(Page.home().resolve("worker/target/faults"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".json")).toList()) {
        ObjectNode line = (ObjectNode) mapper.readTree(file.toFile());
        String name = file.getFileName().toString().replace(".json", "").replace('-', ' ');
        String trial = line.path("trial").asText(name);
        lines.put(trial, line.put("trial", trial).toString());
      }
    }
    Files.write(LINES, lines.values());
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (Files.exists(LINES)) {
      for (String line : Files.readAllLines(LINES)) {
        lines.add(mapper.readTree(line));
      }
    }
    return lines;
  }

  private String table() throws IOException {
    StringBuilder table = new StringBuilder();
    TreeSet<String> machines = new TreeSet<>();
    table.append("| trial | what was done | jobs | of them failed | told again | files hashed |");
    table.append(" seconds | seed |\n|---|---|---|---|---|---|---|---|\n");
    for (JsonNode line : lines()) {
      table.append(row(line));
      if (line.has("machine")) {
        machines.add(machine(line.get("machine")));
      }
    }
    table.append("\nThe machines:\n\n");
    machines.forEach(machine -> table.append("- ").append(machine).append('\n'));
    return table.toString();
  }

  private static String row(JsonNode line) {
    JsonNode done = line.has("faults") ? line.get("faults") : line;
    String faults =
        done.properties().stream()
            .filter(figure -> figure.getValue().isValueNode())
            .filter(figure -> !isOfLine(line, figure.getKey()))
            .map(figure -> figure.getKey() + ": " + number(figure.getValue()))
            .collect(Collectors.joining(", "));
    String figures =
        COLUMNS.stream()
            .map(line::path)
            .map(FaultsPageTest::number)
            .collect(Collectors.joining(" | "));
    return "| %s | %s | %s |\n".formatted(line.get("trial").asText(), faults, figures);
  }

  /// Whether it has a column of its own, or tells of the run.
  private static boolean isOfLine(JsonNode line, String figure) {
    return !line.has("faults")
        && (COLUMNS.contains(figure) || figure.equals("trial") || figure.equals("at"));
  }

  private static String number(JsonNode value) {
    return value.isIntegralNumber() || value.isTextual()
        ? value.asText()
        : value.isNumber() ? String.format(Locale.ROOT, "%.0f", value.asDouble()) : "";
  }

  private static String machine(JsonNode machine) {
    return "%s, %d cores, %s, Java %s"
        .formatted(
            machine.get("processor").asText(),
            machine.get("cores").asInt(),
            machine.get("system").asText(),
            machine.get("java").asText());
  }
}
