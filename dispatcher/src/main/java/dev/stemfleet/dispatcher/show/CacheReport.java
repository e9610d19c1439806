package dev.stemfleet.dispatcher.show;

import dev.stemfleet.common.message.Event.CacheState;
import dev.stemfleet.common.message.Event.Heartbeat;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.WorkerSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `cache info` and `cache explain` tell. Pure.
public record CacheReport(Fleet fleet) {
  /// The caches of one worker as a JSON object.
  ///
  /// @param model that it used last
  /// @param models all that are resident, the last used first
  public record Line(
      String worker,
      @Nullable ModelFacts model,
      List<ModelFacts> models,
      List<CacheState> caches) {}

  public List<Line> json() {
    return workers().stream()
        .map(last -> new Line(last.worker(), last.model(), models(last), last.caches()))
        .toList();
  }

  /// Per worker: the model's residency, then a row per cache.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Heartbeat last : workers()) {
      lines.addAll(residency(last));
      TextTable table =
          new TextTable("cache", "hits", "loads", "hit rate", "entries", "holds", "thrown out");
      for (CacheState cache : last.caches()) {
        table.row(
            cache.name(),
            cache.hits(),
            cache.loads(),
            hitRate(cache),
            cache.entries(),
            cache.bytes() == 0 ? "-" : ByteText.of(cache.bytes()),
            cache.evictions());
      }
      table.lines().forEach(line -> lines.add("  " + line));
    }
    return lines.isEmpty() ? List.of(nobody()) : lines;
  }

  /// The caches in a newcomer's words, with the fleet's own numbers.
  public List<String> explanation() {
    List<String> lines = new ArrayList<>(CacheWords.MODEL.lines().toList());
    lines.add("");
    if (workers().isEmpty()) {
      lines.add("  " + nobody());
    }
    for (Heartbeat last : workers()) {
      residency(last).forEach(line -> lines.add("  " + line));
    }
    lines.add("");
    CacheWords.CLIPS.lines().forEach(lines::add);
    List<String> clips = workers().stream().map(CacheReport::clips).toList();
    if (!clips.isEmpty()) {
      lines.add("");
      clips.forEach(line -> lines.add("  " + line));
    }
    lines.add("");
    CacheWords.STEMS.lines().forEach(lines::add);
    lines.add("");
    CacheWords.VOICES.lines().forEach(lines::add);
    return lines;
  }

  /// A line for each resident model, the last used first; the counts of the cache with the first.
  private List<String> residency(Heartbeat last) {
    List<String> lines = new ArrayList<>();
    for (ModelFacts model : models(last)) {
      String who = lines.isEmpty() ? last.worker() + ": " : "  also ";
      lines.add(who + residency(model) + (lines.isEmpty() ? counts(last) : ""));
    }
    return lines.isEmpty() ? List.of(last.worker() + ": no model is resident") : lines;
  }

  private String residency(ModelFacts model) {
    return "model %s on %s, loaded in %s, resident for %s, %s served"
        .formatted(
            model.id(),
            model.device(),
            TimeText.ofSeconds(model.loadSeconds()),
            TimeText.of(Duration.between(model.residentSince(), fleet.at())),
            Plural.of(model.jobsServed(), "job"));
  }

  private static String counts(Heartbeat last) {
    CacheState cache = cache(last, "model");
    if (cache == null) {
      return "";
    }
    String counted = Plural.of(cache.loads(), "load") + ", " + Plural.of(cache.hits(), "hit");
    return cache.evictions() == 0
        ? " (" + counted + ")"
        : " (%s, %s)".formatted(counted, Plural.of(cache.evictions(), "eviction"));
  }

  private static List<ModelFacts> models(Heartbeat last) {
    if (last.models() != null) {
      return last.models();
    }
    return last.model() == null ? List.of() : List.of(last.model());
  }

  private static String clips(Heartbeat last) {
    long loads = 0;
    long hits = 0;
    for (String name : List.of("background", "thumbnail", "watermark", "icon")) {
      CacheState cache = cache(last, name);
      loads += cache == null ? 0 : cache.loads();
      hits += cache == null ? 0 : cache.hits();
    }
    return "%s: %s of pictures, %s, in %s"
        .formatted(
            last.worker(),
            Plural.of(loads, "load"),
            Plural.of(hits, "hit"),
            Plural.of(last.jobsDone(), "job"));
  }

  private static @Nullable CacheState cache(Heartbeat last, String name) {
    return last.caches().stream()
        .filter(cache -> cache.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static String hitRate(CacheState cache) {
    long asked = cache.hits() + cache.loads();
    return asked == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * cache.hits() / asked);
  }

  private static String nobody() {
    return "No worker is alive, so there are no live numbers; start one: stemfleet worker";
  }

  private List<Heartbeat> workers() {
    return fleet.aliveWorkers().stream().map(WorkerSeen::last).toList();
  }
}
