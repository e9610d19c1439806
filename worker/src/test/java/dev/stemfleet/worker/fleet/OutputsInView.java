package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.domain.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What people see in an output root: everything outside `.stemfleet/`.
public final class OutputsInView {
  private static final String HIDDEN = ".stemfleet";
  private static final String MANIFEST = "manifest.json";

  private final Path out;

  public OutputsInView(Path out) {
    this.out = out;
  }

  /// The guarantee that no output is ever half there: every file is named by the manifest beside
  /// it, and every file that a manifest names is there with its bytes.
  public void areAllWhole() throws IOException {
    Set<Path> known = new HashSet<>();
    for (Path manifest : files().stream().filter(file -> file.endsWith(MANIFEST)).toList()) {
      known.add(manifest);
      JsonNode content = new ObjectMapper().readTree(manifest.toFile());
      for (JsonNode entry : content.get("files")) {
        Path file = manifest.resolveSibling(entry.get("name").asText());
        assertThat(Sha256.ofFile(file)).as("%s", file).isEqualTo(entry.get("sha256").asText());
        known.add(file);
      }
    }
    assertThat(files()).as("files that no manifest names").isSubsetOf(known);
  }

  /// Every file in view.
  List<Path> files() throws IOException {
    if (!Files.exists(out)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(out)) {
      return all.filter(file -> !out.relativize(file).startsWith(HIDDEN))
          .filter(Files::isRegularFile)
          .toList();
    }
  }
}
