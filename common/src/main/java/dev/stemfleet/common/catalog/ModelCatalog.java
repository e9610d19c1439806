package dev.stemfleet.common.catalog;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The models that are known here, by id. Immutable.
public final class ModelCatalog {
  /// Where the program's own models lie on the class path.
  public static final String CLASS_PATH_FOLDER = "dev/stemfleet/assets/models/";

  private final SequencedMap<String, CatalogModel> byId;

  private ModelCatalog(SequencedMap<String, CatalogModel> byId) {
    this.byId = byId;
  }

  /// Reads every `*.yaml` of the folders, then the models on the class path. Where an id is defined
  /// in several places, the earlier place wins.
  ///
  /// @param folders looked at in this order; one that does not exist is skipped
  /// @throws ConfigException naming file and key path, if a definition is wrong
  public static ModelCatalog load(List<Path> folders) {
    SequencedMap<String, CatalogModel> all = new LinkedHashMap<>();
    for (Path folder : folders) {
      addPlace(all, new ModelPlace.Folder(folder), DefinitionFiles.in(folder));
    }
    addPlace(
        all,
        new ModelPlace.ClassPath(CLASS_PATH_FOLDER),
        DefinitionFiles.onClassPath(CLASS_PATH_FOLDER));
    return new ModelCatalog(all);
  }

  private static void addPlace(
      Map<String, CatalogModel> all, ModelPlace place, List<String> definitions) {
    Map<String, CatalogModel> here = new LinkedHashMap<>();
    for (String definition : definitions) {
      CatalogModel model =
          new CatalogModel(ModelDefinition.read(place, definition), place, definition);
      CatalogModel twin = here.putIfAbsent(model.spec().id(), model);
      if (twin != null) {
        throw new ConfigException(
            model.definedIn(),
            "id: %s is also defined in %s".formatted(model.spec().id(), twin.definedIn()));
      }
    }
    here.forEach(all::putIfAbsent);
  }

  public Optional<CatalogModel> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// @throws JobException MODEL_UNKNOWN, naming the models there are
  public CatalogModel require(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new JobException(
                    FailureCode.MODEL_UNKNOWN,
                    "model %s is not known here (known: %s)"
                        .formatted(id, String.join(", ", byId.keySet()))));
  }

  public Collection<CatalogModel> models() {
    return List.copyOf(byId.values());
  }
}
