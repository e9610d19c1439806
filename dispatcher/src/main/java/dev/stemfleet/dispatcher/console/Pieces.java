package dev.stemfleet.dispatcher.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.json.Json;
import java.io.UncheckedIOException;

/// Values as JSON on one line, spelled as on the wire.
final class Pieces {
  private static final JsonMapper MAPPER = Json.lenient();

  private Pieces() {}

  static String json(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a " + value.getClass().getSimpleName(), e);
    }
  }
}
