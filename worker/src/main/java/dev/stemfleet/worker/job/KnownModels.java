package dev.stemfleet.worker.job;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The models that jobs may name. Definitions are read again when a job names one that is not
/// known, so that a model can be added while the worker runs; what is known stays as it was read.
/// Used by the device thread.
public final class KnownModels {
  private final List<Path> folders;
  private final Map<ModelRef, CatalogEntry> byRef = new HashMap<>();
  private ModelCatalog catalog;

  private KnownModels(List<Path> folders, ModelCatalog catalog) {
    this.folders = List.copyOf(folders);
    this.catalog = catalog;
    remember();
  }

  /// @param folders of definitions, see [ModelCatalog#load]
  /// @throws ConfigException naming file and key path, if a definition is wrong
  public static KnownModels in(List<Path> folders) {
    return new KnownModels(folders, ModelCatalog.load(folders));
  }

  /// @throws JobException MODEL_UNKNOWN, naming the models there are
  CatalogModel require(String id) {
    return catalog.require(id);
  }

  /// A model that separates.
  ///
  /// @throws JobException MODEL_UNKNOWN if there is none with this id and these bytes
  CatalogModel require(ModelRef wanted) {
    return require(wanted, CatalogModel.class, id -> catalog.require(id));
  }

  /// A model that speaks.
  ///
  /// @throws JobException MODEL_UNKNOWN if there is none with this id and these bytes
  CatalogSpeech requireSpeech(ModelRef wanted) {
    return require(wanted, CatalogSpeech.class, id -> catalog.requireSpeech(id));
  }

  /// A model that writes down what is said.
  ///
  /// @throws JobException MODEL_UNKNOWN if there is none with this id and these bytes
  CatalogRecogniser requireRecogniser(ModelRef wanted) {
    return require(wanted, CatalogRecogniser.class, id -> catalog.requireRecogniser(id));
  }

  /// @param byId complains if there is none of the kind
  private <T extends CatalogEntry> T require(
      ModelRef wanted, Class<T> kind, Function<String, T> byId) {
    if (!byRef.containsKey(wanted)) {
      readAgain(wanted);
    }
    CatalogEntry model = byRef.get(wanted);
    if (kind.isInstance(model)) {
      return kind.cast(model);
    }
    T other = byId.apply(wanted.id());
    throw new JobException(
        FailureCode.MODEL_UNKNOWN,
        "model %s of this worker (%s) is not the one of the job (sha256 %s)"
            .formatted(wanted.id(), other.definedIn(), wanted.sha256()));
  }

  private void readAgain(ModelRef wanted) {
    try {
      catalog = ModelCatalog.load(folders);
    } catch (ConfigException e) {
      throw new JobException(
          FailureCode.MODEL_UNKNOWN,
          "model %s is not known here, and the definitions cannot be read again: %s"
              .formatted(wanted.id(), e.getMessage()),
          e);
    }
    remember();
  }

  private void remember() {
    catalog.entries().forEach(model -> byRef.putIfAbsent(model.ref(), model));
  }
}
