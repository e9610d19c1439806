package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.dispatcher.show.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `stemfleet models list`: every model that is defined.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the models that jobs may name.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet models list --models /srv/models")
final class ModelsListCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private FormatOption format = new FormatOption();

  /// What `--format json` prints of a model.
  record Line(
      String id,
      int revision,
      String sha256,
      long bytes,
      List<String> stems,
      String licence,
      String source,
      String definedIn) {}

  ModelsListCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    List<Line> models =
        ModelCatalog.load(List.of(catalog.settings(here).models())).models().stream()
            .map(ModelsListCommand::line)
            .toList();
    if (format.json()) {
      models.forEach(model -> here.screen().line(JsonLine.of(model)));
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("MODEL", "REVISION", "SIZE", "STEMS", "LICENCE", "DEFINED IN");
    for (Line model : models) {
      table.row(
          model.id(),
          model.revision(),
          "%,d kB".formatted((model.bytes() + 999) / 1000),
          String.join(",", model.stems()),
          model.licence(),
          model.definedIn());
    }
    table.lines().forEach(here.screen()::line);
    return ExitCode.DONE;
  }

  private static Line line(CatalogModel model) {
    ModelSpec spec = model.spec();
    return new Line(
        spec.id(),
        spec.revision(),
        spec.ref().sha256(),
        spec.files().stream().mapToLong(ModelFile::bytes).sum(),
        spec.stems(),
        spec.licence(),
        spec.source(),
        model.definedIn());
  }
}
