package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.dispatcher.plan.Nearest;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `stemfleet models verify`: whether the files of models are those that their definitions name.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Reads the models' files and compares their digests.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet models verify builtin")
final class ModelsVerifyCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(arity = "0..*", paramLabel = "MODEL", description = "Default: all.")
  private List<String> ids = new ArrayList<>();

  /// What `--format json` prints of a file.
  ///
  /// @param verdict `ok`, or what is wrong
  record Line(String model, String file, String verdict) {}

  ModelsVerifyCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    ModelCatalog models = ModelCatalog.load(List.of(catalog.settings(here).models()));
    boolean good = true;
    for (CatalogModel model : wanted(models)) {
      for (ModelFile file : model.spec().files()) {
        String verdict = verdict(model, file);
        good &= verdict.equals("ok");
        Line line = new Line(model.spec().id(), model.place().name(file.path()), verdict);
        here.screen()
            .line(
                format.json()
                    ? JsonLine.of(line)
                    : line.model() + ": " + line.file() + ": " + verdict);
      }
    }
    return good ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<CatalogModel> wanted(ModelCatalog models) {
    List<String> known = models.models().stream().map(model -> model.spec().id()).toList();
    return ids.isEmpty()
        ? List.copyOf(models.models())
        : ids.stream()
            .map(
                id ->
                    models
                        .find(id)
                        .orElseThrow(
                            () -> new RequestException(Nearest.complaint("model", id, known))))
            .toList();
  }

  private static String verdict(CatalogModel model, ModelFile file) {
    try (InputStream in = model.place().open(file.path())) {
      String sha256 = Sha256.ofStream(in);
      return sha256.equals(file.sha256()) ? "ok" : "has other bytes (sha256 " + sha256 + ")";
    } catch (FileNotFoundException | NoSuchFileException e) {
      return "is missing";
    } catch (IOException e) {
      return "cannot be read: " + e.getMessage();
    }
  }
}
