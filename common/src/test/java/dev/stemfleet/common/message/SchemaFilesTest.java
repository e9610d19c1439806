package dev.stemfleet.common.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.fixture.GeneratedFile;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaFilesTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @ParameterizedTest
  @ValueSource(
      classes = {
        Job.class,
        Result.class,
        Event.class,
        DeadJob.class,
        Control.class,
        QueueRecord.class
      })
  void theSchemaOfEveryMessageIsUpToDate(Class<?> message) throws IOException {
    JsonNode schema = generator().generateSchema(message);

    GeneratedFile.check(
        "schemas/" + message.getSimpleName().toLowerCase(Locale.ROOT) + ".schema.json",
        MAPPER.writeValueAsString(schema) + "\n");
  }

  private static SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.FLATTENED_ENUMS)
            .with(Option.SCHEMA_VERSION_INDICATOR);
    config
        .forFields()
        .withRequiredCheck(
            field ->
                !field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class)
                    && field.getDeclaringType().getErasedType().isRecord());
    config
        .forTypesInGeneral()
        .withEnumResolver(
            type ->
                type.getType().getErasedType().isEnum()
                    ? Arrays.stream(type.getType().getErasedType().getEnumConstants())
                        .map(value -> value.toString().toLowerCase(Locale.ROOT))
                        .toList()
                    : null)
        .withSubtypeResolver(
            (type, context) ->
                type.getErasedType() == Event.class
                    ? Arrays.stream(Event.class.getPermittedSubclasses())
                        .map(context.getTypeContext()::resolve)
                        .toList()
                    : null)
        .withTypeAttributeOverride(
            (node, scope, context) -> {
              Class<?> type = scope.getType().getErasedType();
              if (Event.class.isAssignableFrom(type) && type.isRecord()) {
                JsonNode properties = node.get("properties");
                if (properties != null) {
                  ((com.fasterxml.jackson.databind.node.ObjectNode) properties)
                      .putObject("type")
                      .put("const", eventName(type));
                }
              }
            });
    texts(config, Source.class, "uri");
    texts(config, Instant.class, "date-time");
    texts(config, OffsetDateTime.class, "date-time");
    return new SchemaGenerator(config.build());
  }

  private static void texts(SchemaGeneratorConfigBuilder config, Class<?> written, String format) {
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider(
            (type, context) ->
                type.getErasedType() == written
                    ? new com.github.victools.jsonschema.generator.CustomDefinition(
                        MAPPER.createObjectNode().put("type", "string").put("format", format), true)
                    : null);
  }

  private static String eventName(Class<?> event) {
    return Arrays.stream(
            Event.class.getAnnotation(com.fasterxml.jackson.annotation.JsonSubTypes.class).value())
        .filter(subtype -> subtype.value() == event)
        .findFirst()
        .orElseThrow()
        .name();
  }
}
