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

/// The models that are known here, by id: those that separate, those that speak, those that write
/// down what is said. Whoever asks for one kind never gets another. Immutable.
public final class ModelCatalog {
  /// Where the program's own models lie on the class path.
  public static final String CLASS_PATH_FOLDER = "dev/stemfleet/assets/models/";

  /// The speech model that comes along and needs no files.
  public static final String USUAL_SPEECH = "demonstration";

  private final SequencedMap<String, CatalogEntry> byId;

  private ModelCatalog(SequencedMap<String, CatalogEntry> byId) {
    this.byId = byId;
  }

  /// Reads every `*.yaml` of the folders, then the models on the class path. Where an id is defined
  /// in several places, the earlier place wins.
  ///
  /// @param folders looked at in this order; one that does not exist is skipped
  /// @throws ConfigException naming file and key path, if a definition is wrong
  public static ModelCatalog load(List<Path> folders) {
    SequencedMap<String, CatalogEntry> all = new LinkedHashMap<>();
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
      Map<String, CatalogEntry> all, ModelPlace place, List<String> definitions) {
    Map<String, CatalogEntry> here = new LinkedHashMap<>();
    for (String definition : definitions) {
      CatalogEntry entry = EntryFile.read(place, definition);
      CatalogEntry twin = here.putIfAbsent(entry.id(), entry);
      if (twin != null) {
        throw new ConfigException(
            entry.definedIn(),
            "id: %s is also defined in %s".formatted(entry.id(), twin.definedIn()));
      }
    }
    here.forEach(all::putIfAbsent);
  }

  /// A model of any kind.
  public Optional<CatalogEntry> entry(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// A model of any kind.
  ///
  /// @throws JobException MODEL_UNKNOWN, naming the models there are
  public CatalogEntry requireEntry(String id) {
    return require(id, CatalogEntry.class, "is a model");
  }

  /// A model that separates.
  public Optional<CatalogModel> find(String id) {
    return find(id, CatalogModel.class);
  }

  /// A model that separates.
  ///
  /// @throws JobException MODEL_UNKNOWN, naming the models there are
  public CatalogModel require(String id) {
    return require(id, CatalogModel.class, "separates tracks");
  }

  /// A model that speaks.
  public Optional<CatalogSpeech> findSpeech(String id) {
    return find(id, CatalogSpeech.class);
  }

  /// A model that speaks.
  ///
  /// @throws JobException MODEL_UNKNOWN, naming the models there are
  public CatalogSpeech requireSpeech(String id) {
    return require(id, CatalogSpeech.class, "speaks texts");
  }

  /// The model that speaks where none is named.
  public CatalogSpeech usualSpeech() {
    return requireSpeech(USUAL_SPEECH);
  }

  /// A model that writes down what is said.
  public Optional<CatalogRecogniser> findRecogniser(String id) {
    return find(id, CatalogRecogniser.class);
  }

  /// A model that writes down what is said.
  ///
  /// @throws JobException MODEL_UNKNOWN, naming the models there are
  public CatalogRecogniser requireRecogniser(String id) {
    return require(id, CatalogRecogniser.class, "writes down what is said");
  }

  /// Models that separate.
  public Collection<CatalogModel> models() {
    return all(CatalogModel.class);
  }

  /// Models that speak.
  public Collection<CatalogSpeech> speechModels() {
    return all(CatalogSpeech.class);
  }

  /// Models that write down what is said.
  public Collection<CatalogRecogniser> recognisers() {
    return all(CatalogRecogniser.class);
  }

  /// Models of all kinds.
  public Collection<CatalogEntry> entries() {
    return List.copyOf(byId.values());
  }

  private <T extends CatalogEntry> Optional<T> find(String id, Class<T> kind) {
    return entry(id).filter(kind::isInstance).map(kind::cast);
  }

  private <T extends CatalogEntry> T require(String id, Class<T> kind, String purpose) {
    return find(id, kind)
        .orElseThrow(
            () -> new JobException(FailureCode.MODEL_UNKNOWN, complaint(id, all(kind), purpose)));
  }

  private String complaint(String id, List<? extends CatalogEntry> known, String purpose) {
    List<String> ids = known.stream().map(CatalogEntry::id).toList();
    String there = ids.isEmpty() ? "none" : String.join(", ", ids);
    return entry(id)
        .map(
            other ->
                "model %s %s; none that %s is called so (known: %s)"
                    .formatted(id, other.purpose(), purpose, there))
        .orElseGet(() -> "model %s is not known here (known: %s)".formatted(id, there));
  }

  private <T extends CatalogEntry> List<T> all(Class<T> kind) {
    return byId.values().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
