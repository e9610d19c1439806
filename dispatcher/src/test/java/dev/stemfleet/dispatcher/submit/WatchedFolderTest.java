package dev.stemfleet.dispatcher.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedFolderTest {
  private static final Duration SETTLE = Duration.ofSeconds(5);

  @TempDir Path folder;
  @TempDir Path state;
  private Instant now = Instant.parse("2026-05-01T12:00:00Z");
  private SubmittedFiles submitted;
  private WatchedFolder watched;

  @BeforeEach
  void watch() throws IOException {
    submitted = SubmittedFiles.open(state.resolve("files.jsonl"));
    watched = new WatchedFolder(folder, submitted, SETTLE, () -> now);
  }

  @AfterEach
  void close() throws IOException {
    submitted.close();
  }

  @Test
  void aFileIsReadyOnceItHasStayedTheSame() throws IOException {
    Path song = write("song.mp3", "a");
    assertThat(watched.ready()).isEmpty();
    pass(4);
    assertThat(watched.ready()).isEmpty();
    pass(1);
    assertThat(watched.ready()).containsExactly(song);
  }

  @Test
  void aFileThatGrowsIsNot() throws IOException {
    Path song = write("song.mp3", "a");
    for (int i = 0; i < 10; i++) {
      assertThat(watched.ready()).isEmpty();
      Files.writeString(song, "more", StandardOpenOption.APPEND);
      pass(4);
    }
    assertThat(watched.ready()).isEmpty();
    pass(5);
    assertThat(watched.ready()).containsExactly(song);
  }

  @Test
  void whatWasDealtWithIsNotReadyAgainEvenAfterARestart() throws IOException {
    Path song = write("deep/song.mp3", "a");
    settle();
    watched.done(watched.ready());
    assertThat(watched.ready()).isEmpty();

    submitted.close();
    watch();
    Path other = write("other.mp3", "b");
    settle();
    assertThat(watched.ready()).containsExactly(other);

    // But changed it is another one
    Files.writeString(song, "longer");
    settle();
    assertThat(watched.ready()).containsExactly(song, other);
  }

  @Test
  void aChangeWhileItIsBeingSentIsNotLost() throws IOException {
    Path song = write("song.mp3", "a");
    settle();
    List<Path> ready = watched.ready();
    Files.writeString(song, "another one");
    watched.done(ready);
    settle();
    assertThat(watched.ready()).containsExactly(song);
  }

  @Test
  void aLineThatACrashCutShortCostsItsFileOnly() throws IOException {
    Path one = write("one.mp3", "a");
    Path two = write("two.mp3", "b");
    settle();
    watched.ready();
    watched.done(List.of(one));
    submitted.close();
    Files.writeString(state.resolve("files.jsonl"), "{\"path\":\"tw", StandardOpenOption.APPEND);

    watch();
    settle();
    assertThat(watched.ready()).containsExactly(two);
    watched.done(List.of(two));
    submitted.close();
    watch();
    settle();
    assertThat(watched.ready()).isEmpty();
  }

  @Test
  void notesAndHiddenFilesArePassedOver() throws IOException {
    write("notes.txt", "a");
    write(".song.mp3", "a");
    write("song.mp3.part", "a");
    settle();
    assertThat(watched.ready()).isEmpty();
  }

  @Test
  void aFolderThatIsAwayIsNamedAndComesBackWhole() throws IOException {
    Path song = write("song.mp3", "a");
    settle();
    Path away = folder.resolveSibling(folder.getFileName() + "-away");
    Files.move(folder, away);
    assertThatThrownBy(watched::ready)
        .isInstanceOf(RequestException.class)
        .hasMessage(folder + ": is not there");
    Files.move(away, folder);
    settle();
    assertThat(watched.ready()).containsExactly(song);
  }

  @Test
  void twoProcessesDoNotShareALedger() {
    assertThatThrownBy(() -> SubmittedFiles.open(state.resolve("files.jsonl")))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("another stemfleet watches this folder");
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(now));
    return file;
  }

  private void settle() {
    var _ = watched.ready();
    pass(5);
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }
}
