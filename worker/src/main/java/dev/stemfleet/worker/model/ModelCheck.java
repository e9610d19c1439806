package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.message.ModelFacts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What was seen when a model was loaded, warmed and run: the facts behind `models verify`.
///
/// @param definedIn the definition's file
/// @param runSeconds of one batch of segments through all networks, the best of five runs after the
///   warm-up
/// @param realTimeFactor seconds of sound per second of work, overlap counted once
/// @param nodes where the networks' nodes ran, in a run of their own
/// @param memory that loading and running took
public record ModelCheck(
    ModelSpec spec,
    ModelFacts facts,
    String definedIn,
    int batch,
    double runSeconds,
    double realTimeFactor,
    Device device,
    NodeTimes nodes,
    TakenMemory memory) {
  private static final int RUNS = 5;

  /// Loads, warms and times a model, and closes it again.
  ///
  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN or DEVICE_FAILED
  public static ModelCheck of(CatalogModel model, Device device, int cpuThreads) {
    NodeTimes nodes = nodeTimes(model, device, cpuThreads);
    TakenMemory.Before before = TakenMemory.Before.loading(device);
    try (ModelCache cache = new ModelCache(device, cpuThreads, InstantSource.system())) {
      ResidentModel resident = cache.get(model);
      ModelSpec spec = model.spec();
      Exchange exchange = resident.exchanges().getFirst();
      Set<Integer> networks =
          IntStream.range(0, spec.files().size()).boxed().collect(Collectors.toSet());
      int batch = spec.segments().batch();
      double best = Double.MAX_VALUE;
      for (int i = 0; i < RUNS; i++) {
        long start = System.nanoTime();
        resident.run(exchange, networks, batch);
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
      double stride = (double) spec.segments().strideSamples() / spec.sound().sampleRateHz();
      return new ModelCheck(
          spec,
          cache.facts(resident),
          model.definedIn(),
          resident.batch(),
          best,
          batch * stride / best,
          device,
          nodes,
          before.taken(model));
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
        "%s in %.3f s, %.0f times real time".formatted(segments(), runSeconds, realTimeFactor),
        where(),
        memory.text(),
        "licence %s, source %s".formatted(spec.licence(), spec.source()));
  }

  private String where() {
    return switch (device) {
      case Device.Cpu() -> "longest of its nodes: " + nodes.processorText();
      case Device.Cuda _ ->
          "%.1f %% of node time on %s; on the processor: %s"
              .formatted(100 * deviceShare(), device.key(), nodes.processorText());
    };
  }

  /// Operators that should have run on the device and ran on the processor, the longest first.
  public List<NodeTimes.Operator> strayed() {
    return switch (device) {
      case Device.Cpu() -> List.of();
      case Device.Cuda _ -> nodes.onProcessor();
    };
  }

  private String segments() {
    int wanted = spec.segments().batch();
    String all = wanted == 1 ? "one segment" : wanted + " segments";
    return batch == wanted ? all : "%s, %d at a time for want of memory,".formatted(all, batch);
  }
}
