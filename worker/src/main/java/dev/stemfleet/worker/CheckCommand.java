package dev.stemfleet.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.model.DeviceChoice;
import dev.stemfleet.worker.model.ModelCheck;
import dev.stemfleet.worker.model.NodeTimes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Loads, warms, times and profiles a model on a device: what `stemfleet models verify --device`
/// starts.
@Command(name = "check", description = "Loads a model, times it and says where its nodes run.")
final class CheckCommand implements Callable<Integer> {
  private static final JsonMapper JSON = Json.lenient();

  @Mixin private final FleetFlags fleet = new FleetFlags();

  @Option(names = "--device", defaultValue = "cpu")
  private String device = "cpu";

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  /// What is printed for programs.
  ///
  /// @param deviceShare of node time, 0…1
  record Line(
      ModelFacts model,
      double segmentSeconds,
      double realTimeFactor,
      double deviceShare,
      List<NodeTimes.Operator> onProcessor) {}

  @Override
  public Integer call() throws JsonProcessingException {
    FleetSettings settings = fleet.settings();
    CatalogModel model = ModelCatalog.load(List.of(settings.models())).require(settings.model());
    int cores = Runtime.getRuntime().availableProcessors();
    ModelCheck check = ModelCheck.of(model, DeviceChoice.of(device), cores);
    if (json) {
      System.out.println(
          JSON.writeValueAsString(
              new Line(
                  check.facts(),
                  check.runSeconds(),
                  check.realTimeFactor(),
                  check.deviceShare(),
                  check.nodes().onProcessor())));
    } else {
      check.lines().forEach(System.out::println);
    }
    return 0;
  }
}
