package dev.stemfleet.worker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownDigestsTest {
  private static final FileTime MORNING = FileTime.from(Instant.parse("2026-03-01T08:00:00Z"));
  private static final FileTime EVENING = FileTime.from(Instant.parse("2026-03-01T20:00:00Z"));
  private static final String ONE = Sha256.of("one");
  private static final String TWO = Sha256.of("two");

  private final KnownDigests digests = new KnownDigests();
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeOne() throws IOException {
    file = write("file", "one");
  }

  @Test
  void aFileThatStaysAsItIsIsReadOnce() throws IOException {
    assertThat(digests.matches(file, ONE)).isTrue();

    // When other bytes come that nobody can tell from outside
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, MORNING);

    assertThat(digests.matches(file, ONE)).isTrue();
    assertThat(digests.matches(file, TWO)).isFalse();
  }

  @Test
  void aFileThatChangedIsReadAgain() throws IOException {
    assertThat(digests.matches(file, ONE)).isTrue();

    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, EVENING);

    assertThat(digests.matches(file, ONE)).isFalse();
    assertThat(digests.matches(file, TWO)).isTrue();
  }

  @Test
  void anotherFileOfTheSameNameSizeAndTimeIsReadAgain() throws IOException {
    assertThat(digests.matches(file, ONE)).isTrue();

    Files.move(write("other", "two"), file, StandardCopyOption.REPLACE_EXISTING);

    assertThat(digests.matches(file, TWO)).isTrue();
  }

  @Test
  void aFileThatIsGoneIsNotRemembered() throws IOException {
    assertThat(digests.matches(file, ONE)).isTrue();

    Files.delete(file);

    assertThatThrownBy(() -> digests.matches(file, ONE)).isInstanceOf(NoSuchFileException.class);
  }

  private Path write(String name, String text) throws IOException {
    Path written = Files.writeString(folder.resolve(name), text);
    return Files.setLastModifiedTime(written, MORNING);
  }
}
