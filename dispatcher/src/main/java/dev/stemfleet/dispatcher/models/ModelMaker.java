package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.dispatcher.local.OnExit;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
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
    List<Network> networks = networks(files);
    String id = id(networks.stream().map(Network::file).toList(), wishes);
    Files.createDirectories(models);
    requireFree(id, ways);
    try (Staging staging = Staging.open(models, networks.size() > 1 ? id + "/" : "", ways);
        OnExit _ = OnExit.close(staging)) {
      return make(id, networks, wishes, ways, staging);
    }
  }

  private CatalogModel make(
      String id, List<Network> networks, Wishes wishes, Ways ways, Staging staging)
      throws IOException, InterruptedException {
    SequencedMap<Path, String> places = staging.places(networks);
    List<String> paths =
        networks.stream()
            .map(network -> Objects.requireNonNull(places.get(network.file())))
            .toList();
    List<ModelFile> sideFiles = new ArrayList<>();
    for (Path side : places.sequencedKeySet().stream().skip(networks.size()).toList()) {
      String path = Objects.requireNonNull(places.get(side));
      sideFiles.add(new ModelFile(path, Sha256.ofFile(side), Files.size(side)));
    }
    Draft draft = new Drafter(networks, new Asked(wishes, questions)).draft(id, paths, sideFiles);
    places.forEach(staging::add);
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

  /// Networks among the files; the others are what they read their weights from.
  private List<Network> networks(List<Path> files) throws IOException, InterruptedException {
    List<Network> networks = new ArrayList<>();
    Set<Path> read = new HashSet<>();
    for (Path file :
        files.stream().sorted(Comparator.comparing(f -> !isNamedAsNetwork(f))).toList()) {
      if (!read.contains(file)) {
        news.accept("looking at " + file);
        Network network =
            new Network(file, Sha256.ofFile(file), Files.size(file), graphs.read(file));
        networks.add(network);
        read.addAll(network.sideFiles());
      }
    }
    return networks;
  }

  private static boolean isNamedAsNetwork(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".onnx");
  }
}
