package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.dispatcher.models.ModelMaker;
import dev.stemfleet.dispatcher.models.Questions;
import dev.stemfleet.dispatcher.models.WorkerGraphs;
import dev.stemfleet.dispatcher.models.Wishes;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Makes a model of files with the worker program and says what came of it: the end of `models add`
/// and of `models fetch`.
record NewModel(Surroundings here, FleetSettings settings, Questions questions) {
  CatalogModel make(List<Path> files, Wishes wishes, ModelMaker.Ways ways)
      throws IOException, InterruptedException {
    WorkerGraphs graphs = new WorkerGraphs(WorkerProgram.find(here.home()));
    return new ModelMaker(settings.models(), graphs, questions, here.screen()::note)
        .make(files, wishes, ways);
  }

  void tell(CatalogModel model, boolean json) {
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
    here.screen().line("next: stemfleet local SONG --model " + line.id());
  }
}
