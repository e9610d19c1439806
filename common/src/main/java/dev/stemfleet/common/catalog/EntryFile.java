package dev.stemfleet.common.catalog;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads definitions of all kinds. Without the field `kind` a definition is that of a separation
/// model.
final class EntryFile {
  private EntryFile() {}

  /// @throws ConfigException naming file and key
  static CatalogEntry read(ModelPlace place, String file) {
    String name = place.name(file);
    try (InputStream stream = place.open(file)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return parse(place, file, text);
    } catch (IOException e) {
      throw new ConfigException(name, "cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(name, String.valueOf(e.getMessage()));
    }
  }

  private static CatalogEntry parse(ModelPlace place, String file, String text) {
    String name = place.name(file);
    Optional<String> kind = YamlFile.word(name, text, "kind");
    if (kind.isEmpty()) {
      ModelDefinition model = YamlFile.parse(name, text, ModelDefinition.class);
      return new CatalogModel(model.toSpec(), place, file);
    }
    return switch (kind.get()) {
      case SpeechDefinition.KIND ->
          new CatalogSpeech(
              YamlFile.parse(name, text, SpeechDefinition.class).toSpec(), place, file);
      case RecogniserDefinition.KIND ->
          new CatalogRecogniser(
              YamlFile.parse(name, text, RecogniserDefinition.class).toSpec(), place, file);
      default ->
          throw new ConfigException(
              name,
              "kind: %s is not known; it is %s, %s, or left out for a model that separates"
                  .formatted(kind.get(), SpeechDefinition.KIND, RecogniserDefinition.KIND));
    };
  }
}
