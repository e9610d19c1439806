package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Every file that a succeeded result names lies there with the bytes it says.
final class NoResultWithoutOutput implements Guarantee {
  @Override
  public void holdsIn(Evidence evidence) {
    for (Result result : evidence.answers().values()) {
      assertThat(result.files().isEmpty()).as(result.jobId()).isNotEqualTo(result.succeeded());
      for (OutputFile file : result.files()) {
        Path there = evidence.out().resolve(file.path());
        assertThat(there).isRegularFile().hasSize(file.bytes());
        assertThat(digest(there)).as(file.path()).isEqualTo(file.sha256());
      }
    }
  }

  private static String digest(Path file) {
    try {
      return Sha256.ofFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(Files.exists(file) ? "unreadable" : "missing", e);
    }
  }
}
