package dev.stemfleet.worker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page of models has every field of the records that read definitions, and no other.
final class ModelsPageTest {
  private static final String PAGE = "docs/reference/models.md";
  private static final String DEFINITION = "dev.stemfleet.common.catalog.ModelDefinition";

  @TempDir Path folder;

  @Test
  void theTableOfFieldsHasEveryFieldAndSaysWhichAreRequired() throws Exception {
    List<String> wanted = new ArrayList<>();
    addFields("", Class.forName(DEFINITION), wanted);

    List<String> rows =
        Page.of(PAGE).rowsBelow("## Fields").stream()
            .map(row -> unquoted(row.get(0)) + (row.get(1).startsWith("required") ? " !" : ""))
            .toList();

    assertThat(rows).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void theTableOfLayoutsHasEveryKindAndItsFields() throws Exception {
    List<String> wanted = new ArrayList<>();
    for (Class<?> layout : ModelLayout.class.getPermittedSubclasses()) {
      String kind = String.valueOf(layout.getField("KEY").get(null));
      wanted.add("kind: " + kind);
      addFields(kind + ".", layout, wanted);
    }

    List<String> rows =
        Page.of(PAGE).rowsBelow("## Layouts").stream()
            .map(row -> unquoted(row.get(0)) + (row.get(1).startsWith("required") ? " !" : ""))
            .toList();

    assertThat(rows).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @ParameterizedTest
  @CsvSource({"Models that speak, SpeechDefinition", "Recognisers, RecogniserDefinition"})
  void otherKindsHaveTheirTables(String heading, String definition) throws Exception {
    List<String> wanted = new ArrayList<>();
    addFields("", Class.forName("dev.stemfleet.common.catalog." + definition), wanted);
    // A speech model may have no files, and then it is the one that comes along.
    wanted.replaceAll(field -> field.equals("files") ? "files !" : field);
    wanted.removeIf(field -> field.matches(".*\\.(path|sha256|bytes) !"));

    List<String> rows =
        Page.of(PAGE).rowsBelow("## " + heading).stream()
            .map(row -> unquoted(row.get(0)) + (row.get(1).startsWith("required") ? " !" : ""))
            .toList();

    assertThat(rows).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void theExampleOfSpeechIsADefinition() throws IOException {
    String page = Page.of(PAGE).text();
    int start = page.indexOf("```yaml\nkind: speech") + "```yaml\n".length();
    Files.writeString(folder.resolve("a.yaml"), page.substring(start, page.indexOf("```", start)));

    assertThat(ModelCatalog.load(List.of(folder)).requireSpeech("chatterbox").allFiles())
        .hasSize(7);
  }

  @Test
  void theExampleIsADefinition() throws IOException {
    String page = Page.of(PAGE).text();
    int start = page.indexOf("```yaml\n") + "```yaml\n".length();
    Files.writeString(folder.resolve("a.yaml"), page.substring(start, page.indexOf("```", start)));

    ModelSpec spec = ModelCatalog.load(List.of(folder)).require("htdemucs").spec();

    assertThat(spec.segments().samples()).isEqualTo(343_980);
  }

  /// Required ones with ` !` at their end.
  private static void addFields(String prefix, Class<?> type, List<String> fields) {
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> inside = component.getType();
      String name = prefix + component.getName();
      fields.add(name + (isNullable(component) ? "" : " !"));
      if (inside.equals(List.class)) {
        inside = element(component.getGenericType());
        name += "[]";
      }
      if (inside.isRecord()) {
        addFields(name + ".", inside, fields);
      }
    }
  }

  private static Class<?> element(Type list) {
    return list instanceof ParameterizedType type
            && type.getActualTypeArguments()[0] instanceof Class<?> element
        ? element
        : Object.class;
  }

  private static boolean isNullable(RecordComponent component) {
    return Arrays.stream(component.getAnnotatedType().getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(type -> type.getSimpleName().equals("Nullable"));
  }

  private static String unquoted(String cell) {
    return cell.replace("`", "");
  }
}
