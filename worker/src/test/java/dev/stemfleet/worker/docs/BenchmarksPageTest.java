package dev.stemfleet.worker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.fixture.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The page of benchmarks is made from the lines that the benches printed, so that no figure on it
/// was typed.
final class BenchmarksPageTest {
  private static final String HEAD =
      """
      # Benchmarks

      Made from `docs/reference/benchmarks.jsonl`, the lines that `./stemfleet bench all --format json` printed.
      What the figures mean and what limits them: [performance](../concepts/performance.md).

      """;

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void thePageOfBenchmarksIsUpToDate() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    TreeSet<String> machines = new TreeSet<>();
    page.append("| bench | figure | measured | to reach | |\n|---|---|---|---|---|\n");
    StringBuilder works = new StringBuilder();
    for (JsonNode bench : benches()) {
      machines.add(machine(bench.get("machine")));
      works.append("- `%s`: %s\n".formatted(name(bench), bench.get("work").asText()));
      rows(bench).forEach(page::append);
    }
    page.append("\nThe work:\n\n").append(works).append("\nThe machines:\n\n");
    machines.forEach(machine -> page.append("- ").append(machine).append('\n'));

    GeneratedFile.check("benchmarks.md", page.toString());
  }

  /// But for the one that compares settings of the coder: its table is on the page about sound.
  @Test
  void everyBenchHasOneLine() throws IOException {
    List<String> names = benches().stream().map(BenchmarksPageTest::name).toList();
    List<String> programs =
        new Program().benches().stream().filter(name -> !name.equals("coder")).toList();

    assertThat(programs).isNotEmpty();
    assertThat(names).containsExactlyInAnyOrderElementsOf(programs);
  }

  private List<JsonNode> benches() throws IOException {
    List<JsonNode> benches = new ArrayList<>();
    for (String line : Files.readAllLines(Page.home().resolve("docs/reference/benchmarks.jsonl"))) {
      benches.add(mapper.readTree(line));
    }
    return benches;
  }

  private static String name(JsonNode bench) {
    return bench.get("bench").asText();
  }

  private static List<String> rows(JsonNode bench) {
    List<String> rows = new ArrayList<>();
    bench
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNumber()) {
                rows.add(row(bench, field.getKey(), field.getValue().asDouble()));
              }
            });
    return rows;
  }

  private static String row(JsonNode bench, String figure, double value) {
    String bound = "";
    String met = "";
    for (JsonNode target : bench.get("targets")) {
      if (target.get("figure").asText().equals(figure)) {
        boolean atLeast = target.get("atLeast").asBoolean();
        double wanted = target.get("value").asDouble();
        bound = (atLeast ? "≥ " : "≤ ") + number(wanted);
        met = (atLeast ? value >= wanted : value <= wanted) ? "met" : "**missed**";
      }
    }
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(name(bench), figure.replace('_', ' '), number(value), bound, met);
  }

  /// Three digits that count, more where they are whole.
  private static String number(double value) {
    if (value == Math.rint(value) || Math.abs(value) >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
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
