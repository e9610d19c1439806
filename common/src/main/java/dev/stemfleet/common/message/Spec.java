package dev.stemfleet.common.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.json.Json;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;

/// Names what a job asks for: jobs with the same spec hash have the same outputs, to the byte.
///
/// Everything that a job says is in it, but for what does not reach an output: when and in which
/// run it was submitted, what was remarked then, whether it is made anew, where the sound is read
/// from, and under which name a picture was found.
public final class Spec {
  /// Raised only when the bytes of outputs are meant to change.
  public static final int FORMAT_VERSION = 2;

  private static final JsonMapper MAPPER =
      Json.lenient().rebuild().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Spec() {}

  /// 64 lower-case hex digits.
  public static String hash(Job job) {
    ObjectNode tree = MAPPER.valueToTree(job);
    tree.remove(List.of("schema", "run", "submittedAt", "warnings", "rerender"));
    ((ObjectNode) tree.get("track")).remove(List.of("source", "seconds", "bytes"));
    ((ObjectNode) tree.get("channel")).remove("aliases");
    try {
      String canonical = MAPPER.writeValueAsString(canonical(tree));
      return new Fingerprint("spec").with("format", FORMAT_VERSION).with("job", canonical).hex();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Fields sorted by name, and pictures by their digest alone.
  private static JsonNode canonical(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode sorted = MAPPER.createArrayNode();
      array.forEach(item -> sorted.add(canonical(item)));
      return sorted;
    }
    if (node instanceof ObjectNode object) {
      TreeMap<String, JsonNode> fields = new TreeMap<>();
      object.properties().forEach(field -> fields.put(field.getKey(), canonical(field.getValue())));
      boolean picture =
          fields.size() == 2 && fields.containsKey("sha256") && fields.containsKey("name");
      if (picture) {
        fields.remove("name");
      }
      ObjectNode sorted = MAPPER.createObjectNode();
      fields.forEach(sorted::set);
      return sorted;
    }
    return node;
  }
}
