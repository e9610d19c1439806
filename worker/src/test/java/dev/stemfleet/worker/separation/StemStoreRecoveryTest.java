package dev.stemfleet.worker.separation;

import static dev.stemfleet.worker.separation.StoreRig.ROOM;
import static dev.stemfleet.worker.separation.StoreRig.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.separation.StemStore.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a stem store does about damage, leftovers and other processes.
class StemStoreRecoveryTest {
  @TempDir private Path folder;
  private StoreRig rig;

  @BeforeEach
  void open() {
    rig = new StoreRig(folder.resolve("store"), ROOM);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void leftoversOfAKilledProcessGoWhenTheStoreIsOpened() throws IOException {
    // Given a half-made entry, an entry without its list, and a good one
    rig.useOnce("good");
    rig.close();
    Files.createDirectories(folder.resolve("store/making/stems-123"));
    Files.write(folder.resolve("store/making/stems-123/drums.m4a"), content(10));
    Files.createDirectories(folder.resolve("store/entries/bare"));
    Files.write(folder.resolve("store/entries/bare/drums.m4a"), content(10));

    // When
    rig.restart(ROOM);

    // Then
    assertThat(rig.list("making")).isEmpty();
    assertThat(rig.list("entries")).containsExactly("good");
  }

  @Test
  void aTruncatedFileIsMadeAgain() throws IOException {
    rig.useOnce("a1");

    Files.write(folder.resolve("store/entries/a1/bass.m4a"), content(17));

    try (Held held = rig.store().holdOrMake("a1", rig::make)) {
      assertThat(held.hit()).isFalse();
      assertThat(held.stems().get(Stem.BASS).file()).hasSize(2000);
    }
  }

  @Test
  void aFileWithOtherBytesIsMadeAgainAfterARestart() throws IOException {
    rig.useOnce("a1");
    byte[] other = content(2000);
    other[77] ^= 1;
    Files.write(folder.resolve("store/entries/a1/bass.m4a"), other);

    rig.restart(ROOM);

    try (Held held = rig.store().holdOrMake("a1", rig::make)) {
      assertThat(held.hit()).isFalse();
      assertThat(Files.readAllBytes(held.stems().get(Stem.BASS).file())).isEqualTo(content(2000));
    }
  }

  @Test
  void aStoreBelongsToOneProcess() {

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> rig.open(ROOM))
        .withMessageContaining("belongs to another running worker");
  }
}
