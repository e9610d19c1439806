package dev.stemfleet.common.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/// How the project's records are written as JSON and read from JSON and YAML. The mappers are
/// thread-safe.
///
/// Enums are lower case, times are ISO 8601 texts, absent fields are left out, and components of
/// records that are not marked nullable must be there.
public final class Json {
  private static final JsonMapper LENIENT = lenient();

  private Json() {}

  /// For the wire: fields that are not known are ignored.
  public static JsonMapper lenient() {
    return common(JsonMapper.builder())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /// For JSON from people: fields that are not known are errors.
  public static JsonMapper strict() {
    return common(JsonMapper.builder())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /// For YAML from people: fields that are not known, or named twice, are errors.
  public static YAMLMapper strictYaml() {
    return common(YAMLMapper.builder())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        // `loudness: off` is a word, not the boolean that YAML 1.1 takes it for.
        .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
        .build();
  }

  /// A record as texts, numbers, booleans, lists and maps of these.
  public static Map<String, Object> toMap(Record record) {
    return LENIENT.convertValue(record, new TypeReference<Map<String, Object>>() {});
  }

  /// What [#toMap] was made from.
  ///
  /// @throws IllegalArgumentException if it is something else
  public static <T extends Record> T fromMap(Map<String, Object> map, Class<T> type) {
    return LENIENT.convertValue(map, type);
  }

  /// A record as text for people: indented JSON.
  public static String pretty(Record record) {
    try {
      return LENIENT.writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `path.to.field: what is wrong`, without the parser's internals.
  public static String oneLine(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                reference ->
                    reference.getFieldName() == null
                        ? "[" + reference.getIndex() + "]"
                        : "." + reference.getFieldName())
            .collect(Collectors.joining())
            .replaceFirst("^\\.", "");
    String complaint = Complaint.about(e);
    return path.isEmpty() ? complaint : path + ": " + complaint;
  }

  /// What is wrong with text that is not even JSON or YAML, without the parser's internals.
  public static String oneLine(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping) {
      return oneLine(mapping);
    }
    String line = e.getOriginalMessage().lines().findFirst().orElse("");
    return Complaint.withoutEvents(
        line.replaceFirst(" ?\\(start marker.*", "").replaceFirst(" at \\[Source.*", ""));
  }

  private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B common(B builder) {
    return builder
        .addModule(new JavaTimeModule())
        .addModule(domain())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .annotationIntrospector(new RequiredUnlessNullable())
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
  }

  private static SimpleModule domain() {
    return new SimpleModule("domain")
        .addSerializer(Source.class, new SourceWriter())
        .addDeserializer(Source.class, new SourceReader())
        .addDeserializer(Instant.class, new TimeReader())
        .setMixInAnnotation(ModelLayout.class, LayoutKinds.class);
  }

  private static final class SourceWriter extends StdSerializer<Source> {
    SourceWriter() {
      super(Source.class);
    }

    @Override
    public void serialize(Source source, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(source.uri().toString());
    }
  }

  private static final class SourceReader extends StdDeserializer<Source> {
    SourceReader() {
      super(Source.class);
    }

    @Override
    public Source deserialize(JsonParser json, DeserializationContext context) throws IOException {
      String text = json.getValueAsString("");
      try {
        return Source.parse(text);
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(json, e.getMessage(), e);
      }
    }
  }
}
