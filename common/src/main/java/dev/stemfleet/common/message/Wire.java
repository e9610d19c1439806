package dev.stemfleet.common.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The one codec of the wire: JSON in UTF-8. Thread-safe.
public final class Wire {
  private static final JsonMapper MAPPER = Json.lenient();

  private Wire() {}

  /// The bytes of a message.
  public static byte[] write(Record message) {
    try {
      return MAPPER.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a " + message.getClass().getSimpleName(), e);
    }
  }

  /// Reads a job.
  ///
  /// @throws WireException as [#read], or if it is longer than jobs are
  public static Job readJob(byte[] bytes) throws WireException {
    if (bytes.length > Job.MOST_BYTES) {
      throw new WireException(
          "%d bytes; a job has at most %d".formatted(bytes.length, Job.MOST_BYTES), false);
    }
    return read(bytes, Job.class);
  }

  /// Reads a message of this major version.
  ///
  /// @throws WireException if it is no such message, or one of a newer major version
  public static <T> T read(byte[] bytes, Class<T> type) throws WireException {
    if (beginsWithThisVersion(bytes)) {
      try {
        T value = MAPPER.readValue(bytes, type);
        if (value != null) {
          return value;
        }
      } catch (IOException e) {
        // The long way finds the words for it.
      }
    }
    return readTheLongWay(bytes, type);
  }

  /// As nearly all messages do: they need not become a tree first, only to find their version.
  private static boolean beginsWithThisVersion(byte[] bytes) {
    try (JsonParser json = MAPPER.createParser(bytes)) {
      return json.nextToken() == JsonToken.START_OBJECT
          && "schema".equals(json.nextFieldName())
          && Schema.VERSION.equals(json.nextTextValue());
    } catch (IOException e) {
      return false;
    }
  }

  private static <T> T readTheLongWay(byte[] bytes, Class<T> type) throws WireException {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      requireKnownVersion(tree);
      T value = MAPPER.treeToValue(tree, type);
      if (value == null) {
        throw new WireException("not a message: " + tree.getNodeType(), false);
      }
      return value;
    } catch (JsonMappingException e) {
      throw new WireException(Json.oneLine(e), false);
    } catch (JsonProcessingException e) {
      throw new WireException("not JSON: " + e.getOriginalMessage(), false);
    } catch (IOException e) {
      throw new WireException("not readable: " + e.getMessage(), false);
    }
  }

  private static void requireKnownVersion(JsonNode tree) throws WireException {
    String version = tree.path("schema").asText("");
    int dot = version.indexOf('.');
    int major;
    try {
      major = Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
    } catch (NumberFormatException e) {
      throw new WireException("schema: '" + version + "' is no version", false);
    }
    if (major > Schema.MAJOR) {
      throw new WireException(
          "schema: "
              + version
              + " is newer than "
              + Schema.VERSION
              + ", which this program knows; upgrade it",
          true);
    }
  }
}
