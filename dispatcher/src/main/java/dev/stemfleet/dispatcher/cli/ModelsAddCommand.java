package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.models.GraphReader;
import dev.stemfleet.dispatcher.models.ModelMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `stemfleet models add`: from network files to a model that jobs may name.
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Recognises a network, writes its definition and copies both into the folder of models.",
      "Several files are one model: one file a stem, or a bag. Files named *.data are read by networks."
    },
    footerHeading = "%nExample:%n",
    footer = "  stemfleet models add htdemucs.onnx --licence 'research only' --models /srv/models")
final class ModelsAddCommand implements Callable<Integer> {
  private final Surroundings here;
  private final Supplier<GraphReader> graphs;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private DefinitionOptions definition = new DefinitionOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Networks, as .onnx files.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--link", description = "Make symbolic links instead of copies.")
  private boolean link;

  ModelsAddCommand(Surroundings here) {
    this(here, NewModel.worker(here));
  }

  /// With something else than the worker program: for tests.
  ModelsAddCommand(Surroundings here, Supplier<GraphReader> graphs) {
    this.here = here;
    this.graphs = graphs;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    NewModel model = new NewModel(here, catalog.settings(here), new ScreenQuestions(here), graphs);
    List<Path> absolute = files.stream().map(here::absolute).toList();
    ModelMaker.Ways ways = new ModelMaker.Ways(link, definition.force(), definition.verify());
    model.tell(
        model.make(absolute, definition.wishes(), ways), format.json(), catalog.models(here));
    return ExitCode.DONE;
  }
}
