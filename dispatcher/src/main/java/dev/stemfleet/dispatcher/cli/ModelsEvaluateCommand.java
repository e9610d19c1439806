package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.Nearest;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `stemfleet models evaluate`: how good a model is on songs whose stems are known, found out by
/// the worker program.
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Separates songs whose stems are known and prints how good the stems are.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet models evaluate builtin --songs /srv/musdb18hq/test")
final class ModelsEvaluateCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(arity = "1", paramLabel = "MODEL", description = "Its id.")
  private String id = "";

  @Option(
      names = "--songs",
      required = true,
      paramLabel = "DIR",
      description = "Holds SONG/mixture.wav, vocals.wav, drums.wav, bass.wav, other.wav.")
  private Path songs = Path.of("");

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "cpu, cuda:0, ... Default: cpu")
  private String device = "cpu";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where the plot is written, as MODEL-sdr.png. Default: .")
  private Path out = Path.of(".");

  ModelsEvaluateCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetSettings settings = catalog.settings(here);
    requireModel(ModelCatalog.load(List.of(settings.models())));
    Path folder = here.absolute(songs);
    if (!Files.isDirectory(folder)) {
      throw new RequestException("--songs: there is no folder " + folder);
    }
    List<String> arguments = new ArrayList<>(List.of("evaluate", "--model", id));
    arguments.addAll(List.of("--models", settings.models().toString(), "--device", device));
    arguments.addAll(List.of("--songs", folder.toString(), "--out", here.absolute(out).toString()));
    if (format.json()) {
      arguments.add("--json");
    }
    return WorkerProgram.find(here.home()).run(arguments);
  }

  private void requireModel(ModelCatalog models) {
    if (models.find(id).isEmpty()) {
      List<String> known = models.models().stream().map(model -> model.spec().id()).toList();
      throw new RequestException(Nearest.complaint("model", id, known));
    }
  }
}
