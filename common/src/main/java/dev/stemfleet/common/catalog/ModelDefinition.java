package dev.stemfleet.common.catalog;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.YamlFile;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The YAML of a model, field by field. Unknown, missing, repeated and ill-typed fields are errors
/// that name the file and the path of the key.
record ModelDefinition(
    String id,
    int revision,
    String layout,
    List<ModelFile> files,
    List<String> stems,
    ModelSpec.Sound sound,
    ModelSpec.Segments segments,
    ModelSpec.TrackNormalisation trackNormalisation,
    String licence,
    String source) {

  /// @throws ConfigException naming file and key
  static ModelSpec read(ModelPlace place, String file) {
    String name = place.name(file);
    try (InputStream stream = place.open(file)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return YamlFile.parse(name, text, ModelDefinition.class).toSpec();
    } catch (IOException e) {
      throw new ConfigException(name, "cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(name, String.valueOf(e.getMessage()));
    }
  }

  private ModelSpec toSpec() {
    return new ModelSpec(
        id,
        revision,
        parseLayout(layout),
        files,
        stems,
        sound,
        segments,
        trackNormalisation,
        licence,
        source);
  }

  private static ModelLayout parseLayout(String key) {
    if (key.equals(ModelLayout.Waveform.KEY)) {
      return new ModelLayout.Waveform();
    }
    throw new IllegalArgumentException(
        "layout: %s is not known (known: %s)".formatted(key, ModelLayout.Waveform.KEY));
  }
}
