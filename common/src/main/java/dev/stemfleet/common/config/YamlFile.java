package dev.stemfleet.common.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stemfleet.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Reads a YAML file into a record, strictly.
public final class YamlFile {
  private static final YAMLMapper MAPPER = Json.strictYaml();

  /// Nobody writes more; and a word of many megabytes takes the reader minutes.
  private static final long MOST_CHARACTERS = 1 << 20;

  private YamlFile() {}

  /// @throws ConfigException naming the file, and the key where there is one
  public static <T> T read(Path file, Class<T> type) {
    try {
      requireShort(file.toString(), Files.size(file));
      return parse(file.toString(), Files.readString(file), type);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file, "no such file");
    } catch (IOException e) {
      throw new ConfigException(file, "cannot be read: " + e.getMessage());
    }
  }

  /// Reads YAML that is in memory.
  ///
  /// @param where named in errors
  /// @throws ConfigException naming `where`, and the key where there is one
  public static <T> T parse(String where, String text, Class<T> type) {
    requireShort(where, text.length());
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw new ConfigException(where, "is empty");
      }
      return value;
    } catch (JsonMappingException e) {
      throw new ConfigException(where, Json.oneLine(e));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : "line " + at.getLineNr() + ": ";
      throw new ConfigException(where, line + Json.oneLine(e));
    }
  }

  /// What stands at a key of the outermost map, if it is a word or a number; of a text that is no
  /// YAML, nothing: whoever reads it into a record says what is wrong with it.
  ///
  /// @throws ConfigException if the text is too long
  public static Optional<String> word(String where, String text, String key) {
    requireShort(where, text.length());
    try {
      JsonNode value = MAPPER.readTree(text).path(key);
      return value.isValueNode() && !value.isNull()
          ? Optional.of(value.asText())
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static void requireShort(String where, long length) {
    if (length > MOST_CHARACTERS) {
      throw new ConfigException(
          where, "is %d long; at most %d are read".formatted(length, MOST_CHARACTERS));
    }
  }
}
