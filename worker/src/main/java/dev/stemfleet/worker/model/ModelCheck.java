package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.message.ModelFacts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What was seen when a model was loaded, warmed and run: the facts behind `models verify`.
///
/// @param definedIn the definition's file
/// @param runSeconds of one segment, the best of five runs after the warm-up
/// @param realTimeFactor seconds of sound per second of work, overlap counted once
/// @param nodes where the networks' nodes ran, in a run of their own
public record ModelCheck(
    ModelSpec spec,
    ModelFacts facts,
    String definedIn,
    double runSeconds,
    double realTimeFactor,
    Device device,
    NodeTimes nodes) {
  private static final int RUNS = 5;

  /// Loads, warms and times a model, and closes it again.
  ///
  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN or DEVICE_FAILED
  public static ModelCheck of(CatalogModel model, Device device, int cpuThreads) {
    NodeTimes nodes = nodeTimes(model, device, cpuThreads);
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
      return new ModelCheck(
          spec, cache.facts(resident), model.definedIn(), best, stride / best, device, nodes);
    }
  }

  /// In a load of its own, because a profiled session is slower.
  private static NodeTimes nodeTimes(CatalogModel model, Device device, int cpuThreads) {
    List<NodeTimes> seen = new ArrayList<>();
    ResidentModel.load(model, new Sessions(device, cpuThreads, seen::add)).close();
    return seen.stream().reduce(NodeTimes.NONE, NodeTimes::plus);
  }

  /// Share of the networks' node time that was spent on the device, 0…1.
  public double deviceShare() {
    return nodes.shareOn(device);
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
        "%.1f %% of node time on %s; on the processor: %s"
            .formatted(100 * deviceShare(), device.key(), nodes.processorText()),
        "licence %s, source %s".formatted(spec.licence(), spec.source()));
  }
}
