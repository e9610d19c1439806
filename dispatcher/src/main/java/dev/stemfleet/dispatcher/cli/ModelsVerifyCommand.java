package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.Nearest;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `stemfleet models verify`: whether a worker could use the models. The worker program itself does
/// what it does before it takes work.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the models' files with their definitions, loads them and runs them.",
      "What is wrong is said in one line that names the file and the field or tensor."
    },
    footerHeading = "%nExample:%n",
    footer = "  stemfleet models verify builtin --device cpu")
final class ModelsVerifyCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "What they run on: cpu, cuda:0, ... Default: cpu")
  private String device = "cpu";

  @Parameters(arity = "0..*", paramLabel = "MODEL", description = "Default: all.")
  private List<String> ids = new ArrayList<>();

  ModelsVerifyCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetSettings settings = catalog.settings(here);
    requireKnown(ModelCatalog.load(List.of(settings.models())));
    return WorkerProgram.find(here.home()).run(arguments(settings));
  }

  private List<String> arguments(FleetSettings settings) {
    List<String> arguments = new ArrayList<>(List.of("verify", "--device", device));
    arguments.addAll(List.of("--assets", settings.assets().toString()));
    arguments.addAll(List.of("--models", settings.models().toString()));
    if (format.json()) {
      arguments.add("--json");
    }
    arguments.addAll(ids);
    return arguments;
  }

  private void requireKnown(ModelCatalog models) {
    List<String> known = models.entries().stream().map(CatalogEntry::id).toList();
    for (String id : ids) {
      if (!known.contains(id)) {
        throw new RequestException(Nearest.complaint("model", id, known));
      }
    }
  }
}
