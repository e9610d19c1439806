package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.dispatcher.show.ByteText;
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

  ModelsListCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    List<ModelLine> models =
        ModelCatalog.load(List.of(catalog.settings(here).models())).entries().stream()
            .map(ModelLine::of)
            .toList();
    if (format.json()) {
      models.forEach(model -> here.screen().line(JsonLine.of(model)));
      return ExitCode.DONE;
    }
    TextTable table =
        new TextTable("MODEL", "KIND", "LAYOUT", "DTYPE", "SIZE", "STEMS", "LICENCE", "DEFINED IN");
    for (ModelLine model : models) {
      table.row(
          model.id(),
          model.kind(),
          model.layout(),
          model.dtype(),
          ByteText.of(model.bytes()),
          String.join(",", model.stems()),
          model.licence(),
          model.definedIn());
    }
    table.lines().forEach(here.screen()::line);
    return ExitCode.DONE;
  }
}
