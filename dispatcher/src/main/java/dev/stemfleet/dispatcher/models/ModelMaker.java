package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Makes a model of files: looks at them, defines it, checks it where nobody uses it yet and only
/// then puts it into the folder of models. Whatever fails, the folder is as it was. Used by one
/// thread.
public final class ModelMaker {
  private final Path models;
  private final GraphReader graphs;
  private final Questions questions;
  private final Consumer<String> news;

  /// @param models the folder of models, made if it is not there
  /// @param news what is being done, while it is
  public ModelMaker(Path models, GraphReader graphs, Questions questions, Consumer<String> news) {
    this.models = models;
    this.graphs = graphs;
    this.questions = questions;
    this.news = news;
  }

  /// How a model comes into the folder.
  ///
  /// @param link whether files become symbolic links instead of copies
  /// @param force whether what is there is replaced
  /// @param verify whether it is loaded once before
  public record Ways(boolean link, boolean force, boolean verify) {}

  /// @param files networks, and files that networks read by themselves
  /// @throws RequestException naming the flag, if something is missing or makes no sense
  /// @throws ModelException naming the file, if it is no model that can be used
  public CatalogModel make(List<Path> files, Wishes wishes, Ways ways)
      throws IOException, InterruptedException {
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new RequestException("there is no file " + file);
      }
    }
    List<Path> sides = files.stream().filter(ModelMaker::isSideFile).toList();
    List<Path> nets = files.stream().filter(file -> !isSideFile(file)).toList();
    if (nets.isEmpty()) {
      throw new RequestException("none of the files is a network: " + files);
    }
    sides = withNeighbours(nets, sides);
    List<Network> networks = new ArrayList<>();
    for (Path file : nets) {
      news.accept("looking at " + file);
      networks.add(new Network(file, Sha256.ofFile(file), Files.size(file), graphs.read(file)));
    }
    String id = id(nets, wishes);
    Files.createDirectories(models);
    requireFree(id, ways);
    try (Staging staging = Staging.open(models, nets.size() > 1 ? id + "/" : "", ways)) {
      return make(id, networks, sides, wishes, ways, staging);
    }
  }

  private CatalogModel make(
      String id,
      List<Network> networks,
      List<Path> sides,
      Wishes wishes,
      Ways ways,
      Staging staging)
      throws IOException, InterruptedException {
    List<String> paths = networks.stream().map(network -> staging.pathOf(network.file())).toList();
    List<ModelFile> sideFiles = new ArrayList<>();
    for (Path side : sides) {
      sideFiles.add(new ModelFile(staging.pathOf(side), Sha256.ofFile(side), Files.size(side)));
    }
    Draft draft = new Drafter(networks, new Asked(wishes, questions)).draft(id, paths, sideFiles);
    networks.forEach(network -> staging.add(network.file()));
    sides.forEach(staging::add);
    staging.stage(id + ".yaml", DefinitionText.of(draft));
    requireSame(draft, staging.folder());
    if (ways.verify()) {
      news.accept("loading " + id + " once");
      String wrong = graphs.verify(staging.folder(), id);
      if (!wrong.isEmpty()) {
        throw new ModelException(
            wrong.replace(staging.folder() + "/", "") + " (nothing was added)");
      }
    }
    staging.place();
    return ModelCatalog.load(List.of(models)).require(id);
  }

  /// What was written is what is read.
  private static void requireSame(Draft draft, Path folder) {
    CatalogModel read = ModelCatalog.load(List.of(folder)).require(draft.spec().id());
    if (!read.spec().equals(draft.spec())) {
      throw new ConfigException(read.definedIn(), "is read as something else than was written");
    }
  }

  private void requireFree(String id, Ways ways) {
    Path definition = models.resolve(id + ".yaml");
    if (!ways.force() && Files.exists(definition)) {
      throw new RequestException(
          definition + ": is there already; --force replaces it, --id names this one differently");
    }
    ModelCatalog.load(List.of(models))
        .find(id)
        .filter(model -> !model.definition().equals(id + ".yaml"))
        .filter(model -> model.place().onDisk(model.definition()).isPresent())
        .ifPresent(
            model -> {
              throw new RequestException("--id: " + id + " is defined in " + model.definedIn());
            });
  }

  private String id(List<Path> nets, Wishes wishes) {
    if (wishes.id() != null) {
      return requireId(wishes.id());
    }
    if (nets.size() > 1) {
      return questions.ask(
          "--id",
          "What is the model of these " + nets.size() + " files called",
          ModelMaker::requireId);
    }
    String name = String.valueOf(nets.getFirst().getFileName()).toLowerCase(Locale.ROOT);
    return requireId(
        name.replaceFirst("\\.onnx$", "")
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceFirst("^[^a-z0-9]+", ""));
  }

  private static String requireId(String id) {
    if (!id.matches("[a-z0-9][a-z0-9._-]*")) {
      throw new RequestException(
          "--id: must be lower-case letters, digits, . _ -, not '" + id + "'");
    }
    return id;
  }

  private static boolean isSideFile(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".data") || name.endsWith("_data") || name.endsWith(".bin");
  }

  /// Weights that exporters put beside a network.
  private static List<Path> withNeighbours(List<Path> nets, List<Path> sides) {
    List<Path> all = new ArrayList<>(sides);
    for (Path net : nets) {
      for (String ending : List.of(".data", "_data")) {
        Path neighbour = net.resolveSibling(net.getFileName() + ending);
        if (Files.isRegularFile(neighbour) && !all.contains(neighbour)) {
          all.add(neighbour);
        }
      }
    }
    return all;
  }
}
