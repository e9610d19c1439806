package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.model.graph.BuiltinFiles;
import dev.stemfleet.worker.separation.StemStore.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A stem store in a test's folder, with a clock of its own and a maker that counts.
final class StoreRig implements AutoCloseable {
  static final long ROOM = 1_000_000;
  static final Map<String, Object> FACTS =
      Map.of("gainDb", -2.5, "warnings", List.of("short"), "peak", Map.of("drums", 0.5));

  private final Path folder;
  private final AtomicInteger made = new AtomicInteger();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private StemStore store;

  StoreRig(Path folder, long maxBytes) {
    this.folder = folder;
    this.store = open(maxBytes);
  }

  StemStore store() {
    return store;
  }

  int made() {
    return made.get();
  }

  StemStore open(long maxBytes) {
    return StemStore.open(folder, maxBytes, () -> now);
  }

  void restart(long maxBytes) {
    store.close();
    store = open(maxBytes);
  }

  @Override
  public void close() {
    store.close();
  }

  void useOnce(String key) {
    now = now.plusSeconds(60);
    store.holdOrMake(key, this::make).close();
  }

  /// Bytes that one entry takes.
  static long entrySize(Path scratch) {
    try (StoreRig other = new StoreRig(scratch, ROOM)) {
      other.useOnce("a1");
      return other.store().counts().bytes();
    }
  }

  Made make(Path place) throws IOException {
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

  static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    Arrays.fill(content, (byte) 42);
    return content;
  }

  List<String> list(String part) {
    try (Stream<Path> files = Files.list(folder.resolve(part))) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
