package dev.stemfleet.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.model.graph.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several models in one cache, with room for all of them and with room for one.
class ModelEvictionTest {
  private static final int SAMPLES = 2000;
  private static final int JOBS = 50;
  private static final int MANY = 150;
  private static final Path MEMORY = Path.of("/proc/self/statm");

  @TempDir private Path folder;
  private CatalogModel a;
  private CatalogModel b;
  private ModelCache cache;

  @BeforeEach
  void models() throws IOException {
    a = heavy("a", 0.5f);
    b = heavy("b", 0.25f);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void twoModelsWithRoomForBothAreLoadedOnceEach() {
    cache = cacheFor(ModelBytes.of(a) + ModelBytes.of(b));

    alternate(JOBS);

    assertThat(cache.counts()).isEqualTo(new ModelCache.Counts(JOBS - 2, 2, 0));
    assertThat(cache.facts()).extracting(ModelFacts::jobsServed).containsExactly(25L, 25L);
    assertThat(cache.facts().getFirst().sha256()).isEqualTo(b.spec().ref().sha256());
  }

  @Test
  void twoModelsWithRoomForOneTakeTurnsAndTheMemoryIsGivenBack() throws IOException {
    assumeTrue(Files.exists(MEMORY), "only Linux tells");
    cache = cacheFor(ModelBytes.of(a));

    long most = 0;
    long least = Long.MAX_VALUE;
    for (int job = 0; job < MANY; job++) {
      use(job % 2 == 0 ? a : b);
      if (job < MANY / 5) {
        most = Math.max(most, residentBytes());
      } else if (job >= MANY * 4 / 5) {
        least = Math.min(least, residentBytes());
      }
    }

    assertThat(cache.counts()).isEqualTo(new ModelCache.Counts(0, MANY, MANY - 1));
    assertThat(cache.facts()).hasSize(1);
    assertThat(cache.bytes()).isEqualTo(ModelBytes.of(b));
    // Models that were not given back would add three fifths of all weights between the first and
    // the last jobs. The heap of this JVM, which other tests share, may grow meanwhile, too.
    long weights = MANY * a.spec().files().getFirst().bytes();
    assertThat(least - most).as("after %d MB", weights >> 20).isLessThan(weights * 3 / 10);
  }

  @Test
  void aModelThatIsHeldIsNeverClosed() {
    cache = cacheFor(ModelBytes.of(a));

    try (Held<ResidentModel> first = cache.hold(a);
        Held<ResidentModel> second = cache.hold(b)) {
      assertThat(cache.counts().evictions()).isZero();
      assertThat(cache.closeIdle()).isZero();
      assertThat(cache.facts()).containsExactly(second.facts(), first.facts());
      // Closing twice gives back one hold only.
      try (Held<ResidentModel> again = cache.hold(a)) {
        again.close();
      }
      assertThat(cache.closeIdle()).isZero();
    }

    assertThat(cache.closeIdle()).isEqualTo(2);
    assertThat(cache.facts()).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void theLongestUnusedModelGoesFirst() throws IOException {
    CatalogModel c = heavy("c", 0.125f);
    cache = cacheFor(2 * ModelBytes.of(a));
    use(a);
    use(b);
    use(a);

    use(c);

    assertThat(cache.facts())
        .extracting(ModelFacts::sha256)
        .containsExactly(c.spec().ref().sha256(), a.spec().ref().sha256());
  }

  @Test
  void aModelLargerThanTheBudgetIsUsedAlone() {
    cache = cacheFor(1);

    use(a);
    use(a);
    use(b);

    assertThat(cache.counts()).isEqualTo(new ModelCache.Counts(1, 2, 1));
  }

  @Test
  void aLoadThatFailedTakesNoRoom() throws IOException {
    cache = cacheFor(ModelBytes.of(a));
    Path file = folder.resolve("b").resolve("stub.onnx");
    Files.write(file, new byte[] {1, 2, 3});

    assertThatExceptionOfType(JobException.class).isThrownBy(() -> cache.hold(b));

    assertThat(cache.bytes()).isZero();
    use(a);
    assertThat(cache.facts()).hasSize(1);
  }

  @Test
  void budgetsAreWrittenWithTheirUnit() {
    cache = cacheFor(1);
    assertThat(MemoryBudget.parse("8GB")).isEqualTo(new MemoryBudget(8_000_000_000L));
    assertThat(MemoryBudget.parse("1.5 gib")).isEqualTo(new MemoryBudget(3L << 29));
    for (String wrong : List.of("", "8", "GB", "-1GB", "0MB", "8 G", "lots")) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> MemoryBudget.parse(wrong))
          .withMessageStartingWith("model-memory: ");
    }
  }

  @Test
  void spansReadLikePeopleSayThem() {
    cache = cacheFor(1);
    assertThat(List.of(59, 60, 7200, 300_000))
        .extracting(seconds -> CacheLog.span(Duration.ofSeconds(seconds)))
        .containsExactly("59 s", "1 min", "2 h", "3 d");
  }

  private static ModelCache cacheFor(long bytes) {
    return new ModelCache(new Device.Cpu(), 1, new MemoryBudget(bytes), InstantSource.system());
  }

  private void alternate(int jobs) {
    for (int job = 0; job < jobs; job++) {
      use(job % 2 == 0 ? a : b);
    }
  }

  private void use(CatalogModel model) {
    try (Held<ResidentModel> held = cache.hold(model)) {
      held.model().serveJob();
    }
  }

  /// A network with 16 MB of weights and small tensors.
  private CatalogModel heavy(String name, float gain) throws IOException {
    float[] weights = new float[SAMPLES * SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      weights[i * SAMPLES + i] = gain;
    }
    OnnxGraph graph = new OnnxGraph();
    OnnxGraph.Value mix = graph.input("mix", 1, 2, SAMPLES);
    OnnxGraph.Value out = graph.matMul(mix, graph.floats(weights, SAMPLES, SAMPLES));
    OnnxGraph.Value one = graph.reshape(out, 1, 1, 2, SAMPLES);
    OnnxGraph.Value stems = graph.mul(one, graph.floats(new float[] {1, 1, 1, 1}, 1, 4, 1, 1));
    graph.output("stems", stems, 1, 4, 2, SAMPLES);
    return StubModel.in(
        Files.createDirectory(folder.resolve(name)), graph.toBytes("heavy"), SAMPLES);
  }

  private static long residentBytes() throws IOException {
    return Long.parseLong(Files.readString(MEMORY).split(" ", -1)[1]) * 4096;
  }
}
