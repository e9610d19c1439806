package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Writes definitions as people would, field by field.
public final class StubDefinition {
  private StubDefinition() {}

  public static void write(Path file, ModelSpec spec) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", spec.id());
    fields.put("revision", spec.revision());
    fields.put("layout", Json.toMap((Record) spec.layout()));
    fields.put("files", spec.files());
    fields.put("sideFiles", spec.sideFiles().stream().map(StubDefinition::sideFile).toList());
    fields.put("stems", spec.stems());
    fields.put("sound", spec.sound());
    fields.put("dtype", spec.dtype());
    fields.put("segments", spec.segments());
    fields.put("trackNormalisation", spec.treatment().normalisation());
    fields.put("shifts", spec.treatment().shifts());
    fields.put("mixtureConsistency", spec.treatment().mixtureConsistency());
    fields.put("licence", spec.licence());
    fields.put("source", spec.source());
    Files.writeString(file, Json.strictYaml().writeValueAsString(fields));
  }

  private static Map<String, Object> sideFile(ModelFile file) {
    return Map.of("path", file.path(), "sha256", file.sha256(), "bytes", file.bytes());
  }
}
