package dev.stemfleet.worker.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TakesTest {
  @TempDir Path root;

  @Test
  void whatOneWorkerLeavesTheNextOneFinds() {
    try (Takes.Folder first = takes().open("script")) {
      first.write("0-0", new byte[] {1, 2});
    }

    try (Takes.Folder next = takes().open("script")) {
      assertThat(next.read("0-0")).hasValue(new byte[] {1, 2});
      assertThat(next.read("0-1")).isEmpty();
    }
  }

  @Test
  void aScriptThatIsDoneLeavesNothing() throws IOException {
    try (Takes.Folder folder = takes().open("script")) {
      folder.write("0-0", new byte[] {1});
      folder.done();
    }

    assertThat(left()).isEmpty();
  }

  @Test
  void nobodyTakesAwayWhatAnotherWorkerIsAt() throws IOException {
    try (Takes.Folder other = takes().open("script")) {
      other.write("0-0", new byte[] {1});
      try (Takes.Folder mine = takes().open("script")) {
        mine.done();
      }
      assertThat(other.read("0-0")).isPresent();
      other.done();
    }

    assertThat(left()).isEmpty();
  }

  @Test
  void whatIsGoneIsWrittenAgain() {
    try (Takes.Folder slow = takes().open("script")) {
      slow.write("0-0", new byte[] {1});
      Disk.deleteTree(root.resolve(".stemfleet/takes/script"));

      assertThat(slow.read("0-0")).isEmpty();
      slow.write("0-0", new byte[] {1});
      assertThat(slow.read("0-0")).isPresent();
    }
  }

  @Test
  void whatNobodyTouchedForADayGoesWithTheNextScript() throws IOException {
    try (Takes.Folder forgotten = takes().open("forgotten");
        Takes.Folder recent = takes().open("recent")) {
      forgotten.write("0-0", new byte[] {1});
      recent.write("0-0", new byte[] {1});
    }
    age("forgotten", Duration.ofHours(25));
    age("recent", Duration.ofHours(23));

    takes().open("next").close();

    assertThat(left()).containsExactlyInAnyOrder("recent", "next");
  }

  @Test
  void whatIsDoneButWasStillMarkedGoesSoon() throws IOException {
    // A worker that died has left its mark.
    Takes.Folder dead = takes().open("script");
    dead.write("0-0", new byte[] {1});
    try (Takes.Folder successor = takes().open("script")) {
      successor.done();
    }
    age("script", Duration.ofMinutes(11));

    takes().open("next").close();

    assertThat(left()).containsExactly("next");
  }

  private Takes takes() {
    return new Takes(new OutputRoot(root));
  }

  private void age(String script, Duration by) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(".stemfleet/takes").resolve(script))) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(by)));
      }
    }
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> folders = Files.list(root.resolve(".stemfleet/takes"))) {
      return folders.map(folder -> String.valueOf(folder.getFileName())).toList().stream();
    }
  }

  private java.util.List<String> left() throws IOException {
    return names().toList();
  }
}
