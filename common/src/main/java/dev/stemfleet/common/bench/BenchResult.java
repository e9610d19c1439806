package dev.stemfleet.common.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a bench found.
///
/// @param bench its name
/// @param work what was done, in words
/// @param figures by name, in the order in which they are shown: numbers, units in the names
/// @param targets for some of the figures
/// @param seconds the raw times of every contender
public record BenchResult(
    String bench,
    String work,
    Map<String, Double> figures,
    List<Target> targets,
    Map<String, List<Double>> seconds,
    Machine machine) {
  private static final JsonMapper MAPPER = Json.lenient();

  public BenchResult {
    for (Target target : targets) {
      if (!figures.containsKey(target.figure())) {
        throw new IllegalArgumentException(bench + " has a target for no figure: " + target);
      }
    }
  }

  /// What a figure should be.
  ///
  /// @param figure its name
  /// @param atLeast else it should be at most the value
  public record Target(String figure, boolean atLeast, double value) {
    public static Target atLeast(String figure, double value) {
      return new Target(figure, true, value);
    }

    public static Target atMost(String figure, double value) {
      return new Target(figure, false, value);
    }

    /// False for a figure that is not a number.
    boolean met(double found) {
      return atLeast ? found >= value : found <= value;
    }
  }

  /// Whether every figure that has a target reaches it.
  public boolean met() {
    return targets.stream().allMatch(target -> target.met(figure(target)));
  }

  /// One object: `bench`, `work`, every figure by its name, `targets`, `met`, `raw_seconds`,
  /// `machine`.
  public String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("bench", bench);
    object.put("work", work);
    object.putAll(figures);
    object.put("targets", targets);
    object.put("met", met());
    object.put("raw_seconds", seconds);
    object.put("machine", machine);
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A table for people.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(bench + ": " + work);
    lines.add(
        String.format(
            Locale.ROOT,
            "  on %s, %d cores, Java %s, load before %.1f",
            machine.processor(),
            machine.cores(),
            machine.java(),
            machine.loadBefore()));
    seconds.forEach((name, times) -> lines.add(timesLine(name, times)));
    figures.forEach((name, value) -> lines.add(figureLine(name, value)));
    return lines;
  }

  private static String timesLine(String name, List<Double> times) {
    return String.format(
        Locale.ROOT,
        "  %-34s %10.3f s  (%.3f to %.3f, %d rounds)",
        name,
        Rounds.median(times),
        times.stream().min(Double::compare).orElseThrow(),
        times.stream().max(Double::compare).orElseThrow(),
        times.size());
  }

  private String figureLine(String name, double value) {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "  %-34s %10.3f", name, value));
    for (Target target : targets) {
      if (target.figure().equals(name)) {
        line.append(target.atLeast() ? "    to reach: at least " : "    to reach: at most ")
            .append(target.value())
            .append(target.met(value) ? ", met" : ", MISSED");
      }
    }
    return line.toString();
  }

  private double figure(Target target) {
    return java.util.Objects.requireNonNull(figures.get(target.figure()));
  }
}
