package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A definition as YAML for people: every value that was inferred or is a default has a comment
/// that says so.
final class DefinitionText {
  private final Draft draft;
  private final StringBuilder text = new StringBuilder();

  private DefinitionText(Draft draft) {
    this.draft = draft;
  }

  static String of(Draft draft) {
    return new DefinitionText(draft).write();
  }

  private String write() {
    ModelSpec spec = draft.spec();
    text.append(
        "# Written by stemfleet models add; yours to change. Every field: docs/reference/models.md\n");
    line(0, "id", spec.id(), "id");
    line(0, "revision", spec.revision(), "revision");
    layout(spec.layout());
    files("files", spec.files());
    files("sideFiles", spec.sideFiles());
    line(0, "stems", spec.stems(), "stems");
    line(0, "sound", Json.toMap(spec.sound()), "sound");
    line(0, "dtype", key(spec.dtype()), "dtype");
    text.append("segments:\n");
    segments(spec.segments());
    line(0, "trackNormalisation", key(spec.treatment().normalisation()), "trackNormalisation");
    line(0, "shifts", spec.treatment().shifts(), "shifts");
    line(0, "mixtureConsistency", spec.treatment().mixtureConsistency(), "mixtureConsistency");
    if (spec.layout() instanceof ModelLayout.MdxNet) {
      line(0, "denoise", spec.treatment().denoise(), "denoise");
    }
    line(0, "licence", spec.licence(), "licence");
    line(0, "source", spec.source(), "source");
    return text.toString();
  }

  private void layout(ModelLayout layout) {
    text.append("layout:\n");
    line(2, "kind", layout.key(), "layout.kind");
    Map<String, Object> fields = Json.toMap((Record) layout);
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      if (field.getKey().equals("networks")) {
        networks(field.getValue());
      } else if (!field.getKey().equals("kind")) {
        line(2, field.getKey(), field.getValue(), "layout." + field.getKey());
      }
    }
  }

  private void networks(Object networks) {
    text.append("  networks:\n");
    int index = 0;
    for (Object network : (Collection<?>) networks) {
      String indent = "    - ";
      for (Map.Entry<?, ?> field : ((Map<?, ?>) network).entrySet()) {
        String path = "layout.networks[%d].%s".formatted(index, field.getKey());
        text.append(indent);
        line(0, String.valueOf(field.getKey()), field.getValue(), path);
        indent = "      ";
      }
      index++;
    }
  }

  private void files(String name, List<ModelFile> files) {
    if (files.isEmpty()) {
      return;
    }
    text.append(name).append(":\n");
    for (ModelFile file : files) {
      text.append("  - ");
      line(0, "path", file.path(), "");
      line(4, "sha256", file.sha256(), "");
      line(4, "bytes", file.bytes(), "");
      lineUnlessEmpty("stems", file.stems());
      lineUnlessEmpty("inputs", file.inputs());
      lineUnlessEmpty("outputs", file.outputs());
    }
  }

  private void lineUnlessEmpty(String name, List<String> values) {
    if (!values.isEmpty()) {
      line(4, name, values, "files." + name);
    }
  }

  private void segments(ModelSpec.Segments segments) {
    line(2, "samples", segments.samples(), "segments.samples");
    line(2, "strideSamples", segments.strideSamples(), "segments.strideSamples");
    line(2, "window", key(segments.window()), "segments.window");
    if (segments.window() == ModelSpec.Window.FADE) {
      line(2, "fadeSamples", segments.fadeSamples(), "segments.window");
    }
    line(2, "border", Json.toMap(segments.border()), "segments.border");
    line(2, "batch", segments.batch(), "segments.batch");
  }

  private void line(int indent, String name, Object value, String path) {
    String note = draft.notes().get(path);
    text.append(" ".repeat(indent)).append(name).append(": ").append(yaml(value));
    text.append(note == null ? "" : "  # " + note.replaceAll("\\p{Cntrl}", " ")).append('\n');
  }

  private static String key(Enum<?> word) {
    return word.name().toLowerCase(java.util.Locale.ROOT);
  }

  /// In one line.
  private static String yaml(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + yaml(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Collection<?> all ->
          all.stream().map(DefinitionText::yaml).collect(Collectors.joining(", ", "[", "]"));
      case String word -> scalar(word);
      default -> String.valueOf(value);
    };
  }

  /// Plain where YAML cannot take it for anything else.
  private static String scalar(String word) {
    boolean plain =
        word.matches("[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*")
            && !word.matches("(?i)y|n|yes|no|on|off|true|false|null");
    boolean digest = word.matches("[0-9a-f]{64}") && word.matches(".*[a-df].*");
    return plain || digest ? word : quoted(word);
  }

  private static String quoted(String word) {
    String escaped = word.replace("\\", "\\\\").replace("\"", "\\\"");
    return "\"" + escaped.replaceAll("\\p{Cntrl}", " ") + "\"";
  }
}
