package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import dev.stemfleet.dispatcher.models.GraphReader;
import dev.stemfleet.dispatcher.models.ModelMaker;
import dev.stemfleet.dispatcher.models.Questions;
import dev.stemfleet.dispatcher.models.Wishes;
import dev.stemfleet.dispatcher.models.WorkerGraphs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a model of files with the worker program and says what came of it: the end of `models add`
/// and of `models fetch`.
///
/// @param graphs the worker program, found when it is first needed
record NewModel(
    Surroundings here, FleetSettings settings, Questions questions, Supplier<GraphReader> graphs) {
  /// The worker program of this installation.
  static Supplier<GraphReader> worker(Surroundings here) {
    return () -> new WorkerGraphs(WorkerProgram.find(here.home()));
  }

  CatalogModel make(List<Path> files, Wishes wishes, ModelMaker.Ways ways)
      throws IOException, InterruptedException {
    return new ModelMaker(settings.models(), graphs.get(), questions, here.screen()::note)
        .make(files, wishes, ways);
  }

  /// @param models the folder of models if it was named on the command line
  void tell(CatalogModel model, boolean json, @Nullable Path models) {
    if (json) {
      here.screen().line(JsonLine.of(ModelLine.of(model)));
      return;
    }
    ModelLine line = ModelLine.of(model);
    here.screen()
        .line(
            "added %s (%s, %s) as %s"
                .formatted(
                    line.id(), line.layout(), String.join(",", line.stems()), line.definedIn()));
    here.screen().line("licence: " + line.licence());
    String where = models == null ? "" : " --models " + models;
    here.screen().line("next: stemfleet local SONG --model " + line.id() + where);
  }
}
