package dev.stemfleet.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stemfleet.common.config.FleetSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The dashboard and the alert rules ask for what is measured, with the labels that it has.
final class MonitoringFilesTest {
  private static final Path DEPLOY = FleetSettings.home().resolve("deploy");
  private static final Path RULES = DEPLOY.resolve("prometheus/stemfleet.rules.yaml");
  private static final Path RULES_TEST = DEPLOY.resolve("prometheus/stemfleet.rules.test.yaml");

  /// A name, perhaps of a part of a histogram, and perhaps what it is filtered by.
  private static final Pattern USE = Pattern.compile("(stemfleet_\\w+)(?:\\{([^}]*)})?");

  private static final Pattern FILTER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
  private static final Pattern GROUPING =
      Pattern.compile("(?:by|without|ignoring|on) ?\\(([^)]*)\\)");

  /// What Prometheus itself adds, and `le` of histograms.
  private static final Set<String> ADDED = Set.of("instance", "job", "le");

  @Test
  void theDashboardAsksForWhatIsMeasured() throws IOException {
    List<String> queries = new ArrayList<>();
    JsonNode dashboard =
        new ObjectMapper().readTree(DEPLOY.resolve("grafana/stemfleet.json").toFile());
    dashboard.findValues("expr").forEach(expr -> queries.add(expr.asText()));
    dashboard.findValues("definition").forEach(one -> queries.add(one.asText()));

    assertThat(queries).hasSizeGreaterThan(30);
    queries.forEach(MonitoringFilesTest::check);
  }

  @Test
  void everyMeterIsOnTheDashboard() throws IOException {
    String dashboard = Files.readString(DEPLOY.resolve("grafana/stemfleet.json"));

    Set<Meter> elsewhere =
        Set.of(Meter.WORKER_STATE, Meter.JOB_SECONDS, Meter.CACHE_ENTRIES, Meter.QUEUE_UP);
    assertThat(Arrays.stream(Meter.values()).filter(meter -> !elsewhere.contains(meter)))
        .allSatisfy(meter -> assertThat(dashboard).contains(meter.key()));
  }

  @Test
  void everyRuleAsksForWhatIsMeasuredSaysWhatToDoAndIsTried() throws IOException {
    String page = Files.readString(FleetSettings.home().resolve("docs/how-to/watch-a-fleet.md"));
    String tried = Files.readString(RULES_TEST);

    for (JsonNode rule : rules()) {
      String name = rule.path("alert").asText();
      check(rule.path("expr").asText());
      assertThat(rule.path("annotations").path("summary").asText()).as(name).isNotEmpty();
      assertThat(rule.path("annotations").path("action").asText()).as(name).isNotEmpty();
      assertThat(rule.path("annotations").path("docs").asText())
          .isEqualTo("docs/how-to/watch-a-fleet.md#" + name.toLowerCase(Locale.ROOT));
      assertThat(page).contains("### " + name + "\n");
      assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning");
      assertThat(tried)
          .as("a trial in which it fires")
          .containsPattern("alertname: " + name + "\\n +exp_alerts");
    }
  }

  @Test
  void promtoolAcceptsTheRulesAndTheirTrials() throws Exception {
    boolean there = run("promtool", "--version").exitCode() == 0;
    if (!there) {
      System.out.println("skipped: promtool is not installed (Debian: prometheus); CI has it");
    }
    Assumptions.assumeThat(there).isTrue();

    Ended check = run("promtool", "check", "rules", RULES.toString());
    assertThat(check.exitCode()).as(check.said()).isZero();
    Ended trials = run("promtool", "test", "rules", RULES_TEST.toString());
    assertThat(trials.exitCode()).as(trials.said()).isZero();
  }

  private static List<JsonNode> rules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    new YAMLMapper()
        .readTree(RULES.toFile())
        .path("groups")
        .forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  private static void check(String query) {
    Set<String> known = new TreeSet<>(ADDED);
    Matcher use = USE.matcher(query);
    while (use.find()) {
      Meter meter = meter(use.group(1), query);
      Set<String> own = meter.labels().stream().map(Label::key).collect(Collectors.toSet());
      known.addAll(own);
      if (use.group(2) != null) {
        names(FILTER, use.group(2))
            .forEach(
                name ->
                    assertThat(own.contains(name) || ADDED.contains(name))
                        .as(name + " in " + query)
                        .isTrue());
      }
    }
    names(GROUPING, query).stream()
        .flatMap(list -> Arrays.stream(list.split(",", -1)))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .forEach(name -> assertThat(known).as(query).contains(name));
  }

  private static Meter meter(String name, String query) {
    return Arrays.stream(Meter.values())
        .filter(
            meter ->
                meter.kind() == Meter.Kind.HISTOGRAM
                    ? name.matches(meter.key() + "_(bucket|sum|count)")
                    : name.equals(meter.key()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + name + ", as in " + query));
  }

  private static List<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private record Ended(int exitCode, String said) {}

  private static Ended run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), said);
    } catch (IOException e) {
      return new Ended(127, e.toString());
    }
  }
}
