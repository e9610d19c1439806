package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.message.ModelFacts;
import java.time.InstantSource;
import java.util.List;

/// What was seen when a model was loaded, warmed and run: the facts behind `models verify`.
///
/// @param definedIn the definition's file
/// @param runSeconds of one segment, the best of five runs after the warm-up
/// @param realTimeFactor seconds of sound per second of work, overlap counted once
public record ModelCheck(
    ModelSpec spec, ModelFacts facts, String definedIn, double runSeconds, double realTimeFactor) {
  private static final int RUNS = 5;

  /// Loads, warms and times a model, and closes it again.
  ///
  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN or DEVICE_FAILED
  public static ModelCheck of(CatalogModel model, Device device, int cpuThreads) {
    try (ModelCache cache = new ModelCache(device, cpuThreads, InstantSource.system())) {
      ResidentModel resident = cache.get(model);
      double best = Double.MAX_VALUE;
      for (int i = 0; i < RUNS; i++) {
        long start = System.nanoTime();
        resident.run();
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
      ModelSpec spec = model.spec();
      double stride = (double) spec.segments().strideSamples() / spec.sound().sampleRateHz();
      return new ModelCheck(spec, cache.facts(resident), model.definedIn(), best, stride / best);
    }
  }

  /// One fact a line, for people.
  public List<String> lines() {
    return List.of(
        "%s revision %d, %s, from %s"
            .formatted(spec.id(), spec.revision(), spec.layout().key(), definedIn),
        "stems %s".formatted(String.join(", ", spec.stems())),
        "sha256 %s".formatted(facts.sha256()),
        "%s on %s, loaded and warmed in %.2f s"
            .formatted(facts.dtype(), facts.device(), facts.loadSeconds()),
        "one segment in %.3f s, %.0f times real time".formatted(runSeconds, realTimeFactor),
        "licence %s, source %s".formatted(spec.licence(), spec.source()));
  }
}
