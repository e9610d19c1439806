package dev.stemfleet.worker.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What lies in a finished folder and whose it is; itself a file of that folder.
///
/// @param owner the job (or the track's audio) that the folder belongs to
/// @param spec names what was asked for
/// @param files everything in the folder but the manifest
/// @param result what was reported, to be reported again; null where the folder is not a job's
/// @param folder where the files lie, below the manifest's own folder; null if in that
public record Manifest(
    String schema,
    String owner,
    String spec,
    List<Entry> files,
    @Nullable Result result,
    @Nullable String folder) {
  static final String NAME = "manifest.json";
  private static final JsonMapper MAPPER = Json.lenient();

  /// One file of the folder.
  public record Entry(String name, long bytes, String sha256) {}

  public Manifest {
    files = List.copyOf(files);
  }

  /// Of files beside it.
  Manifest(String schema, String owner, String spec, List<Entry> files, @Nullable Result result) {
    this(schema, owner, spec, files, result, null);
  }

  /// The manifest of a folder, or nothing if it has none that can be read.
  static Optional<Manifest> in(Path folder) {
    try {
      return of(Files.readAllBytes(folder.resolve(NAME)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// What was read, unless it is no manifest.
  static Optional<Manifest> of(byte[] bytes) {
    try {
      return Optional.of(MAPPER.readValue(bytes, Manifest.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  byte[] bytes() {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether every file is in the folder with the bytes it should have. Reads all of them.
  boolean holdsIn(Path folder) {
    try {
      for (Entry entry : files) {
        Path file = folder.resolve(entry.name());
        if (!Files.isRegularFile(file)
            || Files.size(file) != entry.bytes()
            || !Sha256.ofFile(file).equals(entry.sha256())) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
