package dev.stemfleet.dispatcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.json.Json;
import java.io.UncheckedIOException;

/// Records as one line of JSON each, spelled as on the wire.
public final class JsonLine {
  private static final JsonMapper MAPPER = Json.lenient();

  private JsonLine() {}

  public static String of(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a " + value.getClass().getSimpleName(), e);
    }
  }
}
