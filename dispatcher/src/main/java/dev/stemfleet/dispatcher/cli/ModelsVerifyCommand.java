package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import dev.stemfleet.dispatcher.plan.Nearest;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `stemfleet models verify`: whether the files of models are those that their definitions name,
/// and on demand whether a device runs them.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Reads the models' files and compares their digests; with --device runs them, too.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet models verify builtin --device cuda:0")
final class ModelsVerifyCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Also load and time them on cpu, cuda:0, ... and say what of them runs there.")
  private @Nullable String device;

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
  public Integer call() throws IOException, InterruptedException {
    ModelCatalog models = ModelCatalog.load(List.of(catalog.settings(here).models()));
    boolean good = true;
    for (CatalogModel model : wanted(models)) {
      boolean whole = filesAreGood(model);
      good &= whole && (device == null || runsOn(device, model));
    }
    return good ? ExitCode.DONE : ExitCode.FAILED;
  }

  private boolean filesAreGood(CatalogModel model) {
    boolean good = true;
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
    return good;
  }

  private boolean runsOn(String where, CatalogModel model)
      throws IOException, InterruptedException {
    FleetSettings settings = catalog.settings(here);
    List<String> arguments = new ArrayList<>(List.of("check", "--device", where));
    arguments.addAll(List.of("--assets", settings.assets().toString()));
    arguments.addAll(List.of("--models", settings.models().toString()));
    arguments.addAll(List.of("--model", model.spec().id()));
    if (format.json()) {
      arguments.add("--json");
    }
    return WorkerProgram.find(here.home()).run(arguments) == ExitCode.DONE;
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
