package dev.stemfleet.worker.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page of meters, read as strictly as the text format is defined (version 0.0.4): a type before
/// every value, names and labels well formed, nothing twice, buckets that grow.
record Scrape(Map<String, String> types, List<Sample> samples) {
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-zA-Z_:][\\w:]*) (counter|gauge|histogram|summary|untyped)");
  private static final Pattern HELP = Pattern.compile("# HELP [a-zA-Z_:][\\w:]* .*");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (NaN|[+-]Inf|-?[0-9.]+(?:E-?[0-9]+)?)");
  private static final Pattern LABEL =
      Pattern.compile("\\G([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\[n\"\\\\])*)\"(?:,|$)");

  record Sample(String name, Map<String, String> labels, double value) {}

  /// @param address `host:port`
  static String page(String address, String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  static Scrape parse(String text) {
    Map<String, String> types = new HashMap<>();
    List<Sample> samples = new ArrayList<>();
    Map<String, Sample> seen = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        require(types.put(type.group(1), type.group(2)) == null, "a type twice: " + line);
      } else if (sample.matches()) {
        Sample one = sample(sample);
        require(types.containsKey(family(one.name(), types)), "no type before: " + line);
        require(seen.put(one.name() + one.labels(), one) == null, "twice: " + line);
        samples.add(one);
      } else {
        require(line.isEmpty() || HELP.matcher(line).matches(), "not understood: " + line);
      }
    }
    Scrape scrape = new Scrape(types, samples);
    scrape.requireGrowingBuckets();
    return scrape;
  }

  /// The sum of all series of a name that have these labels.
  double sum(String name, Map<String, String> labels) {
    return samples.stream()
        .filter(one -> one.name().equals(name))
        .filter(one -> one.labels().entrySet().containsAll(labels.entrySet()))
        .mapToDouble(Sample::value)
        .sum();
  }

  /// Names of labels of a meter's series, `le` left out.
  Set<String> labels(String family) {
    return samples.stream()
        .filter(one -> family(one.name(), types).equals(family))
        .map(one -> new TreeMap<>(one.labels()))
        .peek(labels -> labels.remove("le"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series of " + family))
        .keySet();
  }

  private static Sample sample(Matcher line) {
    Map<String, String> labels = new TreeMap<>();
    String inside = line.group(2) == null ? "" : line.group(2);
    Matcher label = LABEL.matcher(inside);
    int end = 0;
    while (label.find()) {
      require(labels.put(label.group(1), label.group(2)) == null, "a label twice: " + inside);
      end = label.end();
    }
    require(end == inside.length(), "labels not understood: " + inside);
    return new Sample(
        line.group(1), labels, Double.parseDouble(line.group(3).replace("Inf", "Infinity")));
  }

  private static String family(String name, Map<String, String> types) {
    String stem = name.replaceFirst("_(bucket|sum|count)$", "");
    return types.containsKey(name) ? name : stem;
  }

  private void requireGrowingBuckets() {
    Map<String, Double> last = new HashMap<>();
    for (Sample one : samples) {
      if (one.name().endsWith("_bucket")) {
        Map<String, String> labels = new TreeMap<>(one.labels());
        require(labels.remove("le") != null, "a bucket without bound: " + one);
        Double before = last.put(one.name() + labels, one.value());
        require(before == null || before <= one.value(), "buckets shrink: " + one);
      }
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
