package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.domain.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whatever people can see below the output root is a whole folder: every file is in its manifest
/// with its bytes, and every file of the manifest is there. So nothing there is unaccounted for.
final class NoOutputHalfWritten implements Guarantee {
  private static final String MANIFEST = "manifest.json";

  @Override
  public void holdsIn(Evidence evidence) {
    try (Stream<Path> all = Files.walk(evidence.out())) {
      List<Path> visible = all.filter(file -> isVisible(evidence.out(), file)).toList();
      for (Path file : visible) {
        assertThat(file.resolveSibling(MANIFEST)).isRegularFile();
      }
      for (Path manifest : visible) {
        if (manifest.endsWith(MANIFEST)) {
          isWhole(manifest);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isVisible(Path out, Path file) {
    return Files.isRegularFile(file) && !out.relativize(file).startsWith(".stemfleet");
  }

  private static void isWhole(Path manifest) throws IOException {
    Path folder = manifest.getParent();
    List<String> listed = new ArrayList<>(List.of(MANIFEST));
    for (JsonNode entry : new ObjectMapper().readTree(manifest.toFile()).get("files")) {
      Path file = folder.resolve(entry.get("name").asText());
      listed.add(entry.get("name").asText());
      assertThat(Sha256.ofFile(file)).as(file.toString()).isEqualTo(entry.get("sha256").asText());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as(folder.toString())
          .containsExactlyInAnyOrderElementsOf(listed);
    }
  }
}
