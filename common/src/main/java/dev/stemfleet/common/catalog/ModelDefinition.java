package dev.stemfleet.common.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;

/// The YAML of a model, field by field. Unknown, missing, repeated and ill-typed fields are errors
/// that name the file and the path of the key.
record ModelDefinition(
    String id,
    String revision,
    String layout,
    List<ModelFile> files,
    List<String> stems,
    ModelSpec.Sound sound,
    ModelSpec.Segments segments,
    ModelSpec.TrackNormalisation trackNormalisation,
    String licence,
    String source) {
  private static final ObjectReader YAML =
      YAMLMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build()
          .readerFor(ModelDefinition.class);

  /// @throws JobException MODEL_BROKEN with one line naming file and key
  static ModelSpec read(ModelPlace place, String file) {
    String name = place.name(file);
    try (InputStream stream = place.open(file)) {
      return YAML.<ModelDefinition>readValue(stream).toSpec();
    } catch (JsonMappingException e) {
      throw broken(name, path(e) + reason(e), e);
    } catch (JsonProcessingException e) {
      throw broken(name, "not YAML: " + firstLine(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw broken(name, "cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw broken(name, String.valueOf(e.getMessage()), e);
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

  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getFieldName())
            .collect(Collectors.joining());
    return path.isEmpty() ? "" : path.substring(1) + ": ";
  }

  private static String reason(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException) {
      return "is not a known field";
    }
    Throwable cause = e.getCause();
    return firstLine(
        cause instanceof IllegalArgumentException && cause.getMessage() != null
            ? cause.getMessage()
            : e.getOriginalMessage());
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static JobException broken(String file, String what, Exception cause) {
    return new JobException(FailureCode.MODEL_BROKEN, file + ": " + what, cause);
  }
}
