package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.model.graph.BuiltinFiles;
import dev.stemfleet.worker.separation.StemStore.Held;
import dev.stemfleet.worker.separation.StemStore.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StemStoreTest {
  private static final long ROOM = 1_000_000;
  private static final Map<String, Object> FACTS =
      Map.of("gainDb", -2.5, "warnings", List.of("short"), "peak", Map.of("drums", 0.5));

  @TempDir private Path folder;
  private final AtomicInteger made = new AtomicInteger();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private StemStore store;

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void whatWasMadeIsFoundAgainAlsoByTheNextProcess() throws IOException {
    // Given
    store = open(ROOM);
    try (Held first = store.holdOrMake("a1", this::make)) {
      assertThat(first.hit()).isFalse();
    }
    restart(ROOM);

    // When
    try (Held again = store.holdOrMake("a1", this::make)) {

      // Then
      assertThat(again.hit()).isTrue();
      assertThat(again.facts()).isEqualTo(FACTS);
      EncodedAudio drums = again.stems().get(Stem.DRUMS);
      assertThat(drums.file()).isEqualTo(folder.resolve("entries/a1/drums.m4a"));
      assertThat(Files.readAllBytes(drums.file())).isEqualTo(content(1000));
      assertThat(drums.primingSamples()).isEqualTo(1024);
      assertThat(drums.samples()).isEqualTo(12_345);
      assertThat(made).hasValue(1);
      assertThat(store.counts().hits()).isEqualTo(1);
      assertThat(store.counts().misses()).isZero();
    }
  }

  @Test
  @Timeout(20)
  void manyWhoAskAtOnceHoldWhatOneMade() throws Exception {
    // Given
    store = open(ROOM);
    int askers = 6;
    CyclicBarrier start = new CyclicBarrier(askers);
    Callable<Held> ask =
        () -> {
          start.await();
          return store.holdOrMake("a1", this::make);
        };

    // When
    List<Future<Held>> held;
    try (ExecutorService threads = Executors.newFixedThreadPool(askers)) {
      held = threads.invokeAll(IntStream.range(0, askers).mapToObj(i -> ask).toList());
    }

    // Then
    assertThat(made).hasValue(1);
    assertThat(held.stream().filter(each -> each.resultNow().hit())).hasSize(askers - 1);
    held.forEach(each -> each.resultNow().close());
  }

  @Test
  void differentKeysAreMadeAtTheSameTime() throws Exception {
    store = open(ROOM);
    CyclicBarrier bothInside = new CyclicBarrier(2);
    StemStore.Maker meeting =
        place -> {
          meet(bothInside);
          return make(place);
        };

    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Held> one = threads.submit(() -> store.holdOrMake("a1", meeting));
      Future<Held> other = threads.submit(() -> store.holdOrMake("b2", meeting));
      one.get().close();
      other.get().close();
    }

    assertThat(made).hasValue(2);
  }

  @Test
  void aMakerThatFailsLeavesNothingAndTheNextTriesAgain() throws IOException {
    store = open(ROOM);
    JobException failure = new JobException(FailureCode.DISK_FULL, "no room");

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                store.holdOrMake(
                    "a1",
                    place -> {
                      make(place);
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                store.holdOrMake(
                    "a1",
                    place -> {
                      throw new IOException("broken disk");
                    }))
        .withMessageContaining("broken disk")
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.OUTPUT_UNWRITABLE));

    assertThat(list("making")).isEmpty();
    assertThat(list("entries")).isEmpty();
    try (Held held = store.holdOrMake("a1", this::make)) {
      assertThat(held.hit()).isFalse();
    }
  }

  @Test
  void whatWasUsedLongestAgoGoesFirst() {
    // Given room for three entries, and the oldest used again
    store = open(3 * entrySize());
    useOnce("a1");
    useOnce("b2");
    useOnce("c3");
    useOnce("a1");

    // When
    useOnce("d4");

    // Then
    assertThat(list("entries")).containsExactlyInAnyOrder("a1", "c3", "d4");
    assertThat(store.counts().evicted()).isEqualTo(1);
    assertThat(store.counts().bytes()).isEqualTo(3 * entrySize());
  }

  @Test
  void theOrderOfUseOutlivesARestart() {
    store = open(ROOM);
    useOnce("a1");
    useOnce("b2");
    useOnce("a1");

    restart(entrySize());

    assertThat(list("entries")).containsExactly("a1");
  }

  @Test
  void whatIsHeldIsNeverDeletedHoweverLittleRoomThereIs() {
    // Given
    store = open(entrySize());
    Held first = store.holdOrMake("a1", this::make);
    Held second = store.holdOrMake("a1", this::make);

    // When
    useOnce("b2");
    useOnce("c3");

    // Then
    assertThat(list("entries")).containsExactly("a1");
    assertThat(first.stems().get(Stem.BASS).file()).exists();
    first.close();
    first.close();
    useOnce("d4");
    assertThat(second.stems().get(Stem.BASS).file()).exists();
    second.close();
    useOnce("e5");
    assertThat(list("entries")).containsExactly("e5");
  }

  @Test
  void anEntryLargerThanTheStoreLivesAsLongAsItIsHeld() {
    store = open(10);

    try (Held held = store.holdOrMake("a1", this::make)) {
      assertThat(held.stems().get(Stem.DRUMS).file()).exists();
    }

    assertThat(list("entries")).isEmpty();
  }

  @Test
  void leftoversOfAKilledProcessGoWhenTheStoreIsOpened() throws IOException {
    // Given a half-made entry, an entry without its list, and a good one
    store = open(ROOM);
    useOnce("good");
    store.close();
    Files.createDirectories(folder.resolve("making/stems-123"));
    Files.write(folder.resolve("making/stems-123/drums.m4a"), content(10));
    Files.createDirectories(folder.resolve("entries/bare"));
    Files.write(folder.resolve("entries/bare/drums.m4a"), content(10));

    // When
    store = open(ROOM);

    // Then
    assertThat(list("making")).isEmpty();
    assertThat(list("entries")).containsExactly("good");
  }

  @Test
  void aTruncatedFileIsMadeAgain() throws IOException {
    store = open(ROOM);
    useOnce("a1");

    Files.write(folder.resolve("entries/a1/bass.m4a"), content(17));

    try (Held held = store.holdOrMake("a1", this::make)) {
      assertThat(held.hit()).isFalse();
      assertThat(held.stems().get(Stem.BASS).file()).hasSize(2000);
    }
  }

  @Test
  void aFileWithOtherBytesIsMadeAgainAfterARestart() throws IOException {
    store = open(ROOM);
    useOnce("a1");
    byte[] other = content(2000);
    other[77] ^= 1;
    Files.write(folder.resolve("entries/a1/bass.m4a"), other);

    restart(ROOM);

    try (Held held = store.holdOrMake("a1", this::make)) {
      assertThat(held.hit()).isFalse();
      assertThat(Files.readAllBytes(held.stems().get(Stem.BASS).file())).isEqualTo(content(2000));
    }
  }

  @Test
  void aStoreBelongsToOneProcess() {
    store = open(ROOM);

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> open(ROOM))
        .withMessageContaining("belongs to another running worker");
  }

  @Test
  void aKeyThatIsNoNameIsRefused() {
    store = open(ROOM);

    for (String key : List.of("", "..", "a/b", "a.b", "x".repeat(129))) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> store.holdOrMake(key, this::make));
    }
  }

  private StemStore open(long maxBytes) {
    return StemStore.open(folder, maxBytes, () -> now);
  }

  private void restart(long maxBytes) {
    store.close();
    store = open(maxBytes);
  }

  private void useOnce(String key) {
    now = now.plusSeconds(60);
    store.holdOrMake(key, this::make).close();
  }

  private long entrySize() {
    try (StemStore other = StemStore.open(folder.resolve("measure"), ROOM, () -> now)) {
      other.holdOrMake("a1", this::make).close();
      return other.counts().bytes();
    }
  }

  private Made make(Path place) throws IOException {
    made.incrementAndGet();
    return new Made(
        Map.of(Stem.DRUMS, audio(place, "drums", 1000), Stem.BASS, audio(place, "bass", 2000)),
        FACTS);
  }

  private static EncodedAudio audio(Path place, String name, int bytes) throws IOException {
    Path file = place.resolve(name + ".m4a");
    Files.write(file, content(bytes));
    return new EncodedAudio(file, 44_100, 1024, 12_345, bytes, BuiltinFiles.sha256(content(bytes)));
  }

  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    Arrays.fill(content, (byte) 42);
    return content;
  }

  private List<String> list(String part) {
    try (Stream<Path> files = Files.list(folder.resolve(part))) {
      return new ArrayList<>(files.map(file -> file.getFileName().toString()).toList());
    } catch (IOException e) {
      throw new IllegalStateException(e);
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
