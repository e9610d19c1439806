package dev.stemfleet.worker.separation;

import static dev.stemfleet.worker.separation.StoreRig.FACTS;
import static dev.stemfleet.worker.separation.StoreRig.ROOM;
import static dev.stemfleet.worker.separation.StoreRig.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.separation.StemStore.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StemStoreTest {
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
  void whatWasMadeIsFoundAgainAlsoByTheNextProcess() throws IOException {
    // Given
    try (Held first = rig.store().holdOrMake("a1", rig::make)) {
      assertThat(first.hit()).isFalse();
    }
    rig.restart(ROOM);

    // When
    try (Held again = rig.store().holdOrMake("a1", rig::make)) {

      // Then
      assertThat(again.hit()).isTrue();
      assertThat(again.facts()).isEqualTo(FACTS);
      EncodedAudio drums = again.stems().get(Stem.DRUMS);
      assertThat(drums.file()).isEqualTo(folder.resolve("store/entries/a1/drums.m4a"));
      assertThat(Files.readAllBytes(drums.file())).isEqualTo(content(1000));
      assertThat(drums.primingSamples()).isEqualTo(1024);
      assertThat(drums.samples()).isEqualTo(12_345);
      assertThat(rig.made()).isEqualTo(1);
      assertThat(rig.store().counts().hits()).isEqualTo(1);
      assertThat(rig.store().counts().misses()).isZero();
    }
  }

  @Test
  @Timeout(20)
  void manyWhoAskAtOnceHoldWhatOneMade() throws Exception {
    // Given
    int askers = 6;
    CyclicBarrier start = new CyclicBarrier(askers);
    Callable<Held> ask =
        () -> {
          start.await();
          return rig.store().holdOrMake("a1", rig::make);
        };

    // When
    List<Future<Held>> held;
    try (ExecutorService threads = Executors.newFixedThreadPool(askers)) {
      held = threads.invokeAll(IntStream.range(0, askers).mapToObj(i -> ask).toList());
    }

    // Then
    assertThat(rig.made()).isEqualTo(1);
    assertThat(held.stream().filter(each -> each.resultNow().hit())).hasSize(askers - 1);
    held.forEach(each -> each.resultNow().close());
  }

  @Test
  void differentKeysAreMadeAtTheSameTime() throws Exception {
    CyclicBarrier bothInside = new CyclicBarrier(2);
    StemStore.Maker meeting =
        place -> {
          meet(bothInside);
          return rig.make(place);
        };

    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Held> one = threads.submit(() -> rig.store().holdOrMake("a1", meeting));
      Future<Held> other = threads.submit(() -> rig.store().holdOrMake("b2", meeting));
      one.get().close();
      other.get().close();
    }

    assertThat(rig.made()).isEqualTo(2);
  }

  @Test
  void aMakerThatFailsLeavesNothingAndTheNextTriesAgain() throws IOException {
    JobException failure = new JobException(FailureCode.DISK_FULL, "no room");

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                rig.store()
                    .holdOrMake(
                        "a1",
                        place -> {
                          rig.make(place);
                          throw failure;
                        }))
        .isSameAs(failure);
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                rig.store()
                    .holdOrMake(
                        "a1",
                        place -> {
                          throw new IOException("broken disk");
                        }))
        .withMessageContaining("broken disk")
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.OUTPUT_UNWRITABLE));

    assertThat(rig.list("making")).isEmpty();
    assertThat(rig.list("entries")).isEmpty();
    try (Held held = rig.store().holdOrMake("a1", rig::make)) {
      assertThat(held.hit()).isFalse();
    }
  }

  @Test
  void whatWasUsedLongestAgoGoesFirst() {
    // Given room for three entries, and the oldest used again
    rig.restart(3 * StoreRig.entrySize(folder.resolve("scratch")));
    rig.useOnce("a1");
    rig.useOnce("b2");
    rig.useOnce("c3");
    rig.useOnce("a1");

    // When
    rig.useOnce("d4");

    // Then
    assertThat(rig.list("entries")).containsExactlyInAnyOrder("a1", "c3", "d4");
    assertThat(rig.store().counts().evicted()).isEqualTo(1);
    assertThat(rig.store().counts().bytes())
        .isEqualTo(3 * StoreRig.entrySize(folder.resolve("scratch")));
  }

  @Test
  void theOrderOfUseOutlivesARestart() {
    rig.useOnce("a1");
    rig.useOnce("b2");
    rig.useOnce("a1");

    rig.restart(StoreRig.entrySize(folder.resolve("scratch")));

    assertThat(rig.list("entries")).containsExactly("a1");
  }

  @Test
  void whatIsHeldIsNeverDeletedHoweverLittleRoomThereIs() {
    // Given
    rig.restart(StoreRig.entrySize(folder.resolve("scratch")));
    Held first = rig.store().holdOrMake("a1", rig::make);
    Held second = rig.store().holdOrMake("a1", rig::make);

    // When
    rig.useOnce("b2");
    rig.useOnce("c3");

    // Then
    assertThat(rig.list("entries")).containsExactly("a1");
    assertThat(first.stems().get(Stem.BASS).file()).exists();
    first.close();
    first.close();
    rig.useOnce("d4");
    assertThat(second.stems().get(Stem.BASS).file()).exists();
    second.close();
    rig.useOnce("e5");
    assertThat(rig.list("entries")).containsExactly("e5");
  }

  @Test
  void anEntryLargerThanTheStoreLivesAsLongAsItIsHeld() {
    rig.restart(10);

    try (Held held = rig.store().holdOrMake("a1", rig::make)) {
      assertThat(held.stems().get(Stem.DRUMS).file()).exists();
    }

    assertThat(rig.list("entries")).isEmpty();
  }

  @Test
  void aKeyThatIsNoNameIsRefused() {

    for (String key : List.of("", "..", "a/b", "a.b", "x".repeat(129))) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> rig.store().holdOrMake(key, rig::make));
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
