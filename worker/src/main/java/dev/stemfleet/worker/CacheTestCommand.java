package dev.stemfleet.worker;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.worker.model.DeviceChoice;
import dev.stemfleet.worker.model.Held;
import dev.stemfleet.worker.model.LoadedModel;
import dev.stemfleet.worker.model.ModelCache;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows with the real parts that a model is loaded once: asks for it twice and expects a miss,
/// then a hit.
@Command(name = "cache-test", description = "Asks for a model twice: a miss, then a hit.")
final class CacheTestCommand implements Callable<Integer> {
  private static final int WORK_FAILED = 1;

  @Mixin private final FleetFlags fleet = new FleetFlags();
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Option(names = "--device", defaultValue = "cpu")
  private String device = "cpu";

  @Override
  public Integer call() {
    FleetSettings settings = fleet.settings();
    CatalogEntry wanted =
        ModelCatalog.load(List.of(settings.models())).requireEntry(settings.model());
    if (wanted.allFiles().isEmpty()) {
      out().println("ok: " + wanted.id() + " has no files; there is nothing to load");
      return 0;
    }
    int cores = Runtime.getRuntime().availableProcessors();
    try (ModelCache cache = new ModelCache(DeviceChoice.of(device), cores, Clock.systemUTC())) {
      Ask first = Ask.of(cache, wanted);
      Ask second = Ask.of(cache, wanted);
      say("first", first);
      say("second", second);
      boolean ok = !first.hit() && second.hit() && first.model() == second.model();
      out().println(ok ? "ok: loaded once" : "failed: a miss, then a hit were expected");
      return ok ? 0 : WORK_FAILED;
    }
  }

  private void say(String which, Ask ask) {
    String what = ask.hit() ? "cache hit" : "cache miss: loaded and warmed";
    out().printf(Locale.ROOT, "%-6s %s in %.3f s%n", which, what, ask.seconds());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /// One request to the cache and what the cache's own counters say about it.
  private record Ask(boolean hit, double seconds, LoadedModel model) {
    static Ask of(ModelCache cache, CatalogEntry wanted) {
      ModelCache.Counts before = cache.counts();
      long start = System.nanoTime();
      try (Held<LoadedModel> held = cache.holdAny(wanted)) {
        double seconds = (System.nanoTime() - start) / 1e9;
        ModelCache.Counts after = cache.counts();
        boolean hit = after.hits() > before.hits() && after.misses() == before.misses();
        return new Ask(hit, seconds, held.model());
      }
    }
  }
}
