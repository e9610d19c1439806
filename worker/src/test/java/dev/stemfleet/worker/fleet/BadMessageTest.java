package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.fixture.Jobs;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What strangers and other versions put on the jobs topic, and submits that get in each other's
/// way.
@ExtendWith(FleetExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadMessageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TestFleet fleet;
  private Topics topics;

  @BeforeAll
  void oneWorker(TestFleet given) {
    fleet = given;
    topics = fleet.clients().settings().topics();
    fleet.worker("w1");
    TestSound.bursts(1, 1).writeWav(fleet.music().resolve("a.wav"));
    TestSound.bursts(1, 2).writeWav(fleet.music().resolve("b.wav"));
    TestSound.bursts(1, 3).writeWav(fleet.music().resolve("c.wav"));
  }

  @AfterEach
  void noOutputIsHalfThere() throws IOException {
    new OutputsInView(fleet.out()).areAllWhole();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no JSON at all", "{}", "", "[1, 2]", "null", "{\"schema\": \"1.0\"}", "\u0000"})
  void whatIsNoJobFailsAndIsKept(String message) {
    String key = "stranger " + base64(message);
    send(key, message.getBytes(StandardCharsets.UTF_8));

    Result result = fleet.awaitResult(r -> r.trackId().equals(key));

    assertThat(result.succeeded()).isFalse();
    assertThat(result.failure().code()).isEqualTo(FailureCode.MALFORMED_MESSAGE);
    assertThat(result.failure().cause()).isNotBlank().doesNotContain("com.fasterxml", "\n");
    assertThat(dead())
        .filteredOn(job -> Objects.equals(job.message(), base64(message)))
        .singleElement()
        .satisfies(job -> assertThat(job.failure()).isEqualTo(result.failure()));
  }

  @Test
  void aJobWithoutOneOfItsFieldsFailsUnderItsOwnName() {
    Job job = Jobs.job("lacking", "main");
    send(job.track().id(), changed(job, tree -> tree.remove("model")));

    Result result = fleet.awaitResults("lacking", 1).getFirst();

    assertThat(result.jobId()).isEqualTo(job.jobId());
    assertThat(result.run()).isEqualTo(job.run());
    assertThat(result.title()).isEqualTo("A Title");
    assertThat(result.channel()).isEqualTo("main");
    assertThat(result.failure().code()).isEqualTo(FailureCode.MALFORMED_MESSAGE);
    assertThat(result.failure().cause()).contains("model");
  }

  @Test
  void aJobOfANewerVersionFailsWithTheAdviceToUpgrade() {
    Job job = Jobs.job("newer", "main");
    byte[] message = changed(job, tree -> tree.put("schema", "2.0"));
    send(job.track().id(), message);

    Result result = fleet.awaitResults("newer", 1).getFirst();

    assertThat(result.jobId()).isEqualTo(job.jobId());
    assertThat(result.failure().code()).isEqualTo(FailureCode.NEWER_VERSION);
    assertThat(result.failure().advice()).contains("Upgrade this worker");
    assertThat(dead())
        .filteredOn(dead -> dead.failure().code() == FailureCode.NEWER_VERSION)
        .singleElement()
        .satisfies(
            dead ->
                assertThat(dead.message()).isEqualTo(Base64.getEncoder().encodeToString(message)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil", "/tmp/evil", "a/../../evil", ".stemfleet/assets", "", ".", "a//b"})
  void aJobThatLeadsOutOfTheOutputRootIsNoJob(String directory) {
    String batch = "evil " + directory.hashCode();
    Job job = Jobs.job(batch, "main");
    send(job.track().id(), changed(job, tree -> tree.put("directory", directory)));

    Result result = fleet.awaitResults(batch, 1).getFirst();

    assertThat(result.failure().code()).isEqualTo(FailureCode.MALFORMED_MESSAGE);
    assertThat(result.failure().cause()).startsWith("directory: ");
    assertThat(fleet.out().resolveSibling("evil")).doesNotExist();
  }

  @Test
  void aTrackThatIsGoneFailsAndIsKeptWhole() {
    Job job = Jobs.job("gone", "main");
    send(job.track().id(), Wire.write(job));

    Result result = fleet.awaitResults("gone", 1).getFirst();

    assertThat(result.failure().code()).isEqualTo(FailureCode.SOURCE_MISSING);
    assertThat(result.failure().cause())
        .contains(fleet.music().resolve("songs/one.wav").toString());
    assertThat(dead()).extracting(DeadJob::job).contains(job);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.wav --channels mian",
        "a.wav --channels main --bpm 0",
        "a.wav --channels main --model big",
        "*.ogg --channels main",
        "a.wav no-sounds --channels main"
      })
  void whatIsRefusedAsAWholeReachesNoTopic(String line) throws IOException {
    java.nio.file.Files.createDirectories(fleet.music().resolve("no-sounds"));
    Object[] arguments =
        java.util.stream.Stream.of(("submit --job refused " + line).split(" "))
            .map(
                word ->
                    word.contains(".") || word.startsWith("no-")
                        ? fleet.music().resolve(word)
                        : word)
            .toArray();

    TestFleet.Said said = fleet.stemfleet(arguments);

    assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
    assertThat(fleet.all(topics.batches(), Job.class))
        .noneMatch(job -> job.batch().equals("refused"));
  }

  @Test
  void twoBatchesOfOneNameAtOnceBothComplete() {
    CompletableFuture<TestFleet.Said> one =
        CompletableFuture.supplyAsync(() -> submit("twin", "a.wav", "c.wav"));
    CompletableFuture<TestFleet.Said> other =
        CompletableFuture.supplyAsync(() -> submit("twin", "b.wav", "c.wav"));
    assertThat(List.of(one.join(), other.join()))
        .allSatisfy(said -> assertThat(said.exitCode()).as(said.err()).isZero());

    List<Result> results = fleet.awaitResults("twin", 3);

    assertThat(results).allSatisfy(this::isFoundWithItsFiles);
    assertThat(results).extracting(Result::title).containsExactlyInAnyOrder("a", "b", "c");
    // And both runs of the track that is in both have their answer.
    Result last = results.stream().filter(r -> r.title().equals("c")).findFirst().orElseThrow();
    assertThat(
            fleet
                .awaitResult(r -> r.jobId().equals(last.jobId()) && !r.run().equals(last.run()))
                .succeeded())
        .isTrue();
  }

  @Test
  void twoTracksOfOneArtistAndTitleAreBothFoundFromTheirResults() {
    String lines =
        """
        {"source": "music/a.wav", "artist": "Ann", "title": "Same"}
        {"source": "music/b.wav", "artist": "Ann", "title": "Same"}
        """;
    TestFleet.Said said =
        fleet.stemfleetReading(
            lines, "submit", "-", "--job", "namesakes", "--channels", "main", "--stems", "bass");
    assertThat(said.exitCode()).as(said.err()).isZero();
    // And one that comes later, when its place is taken.
    String later = "{\"source\": \"music/c.wav\", \"artist\": \"Ann\", \"title\": \"same\"}\n";
    fleet.stemfleetReading(
        later, "submit", "-", "--job", "namesakes", "--channels", "main", "--stems", "bass");

    List<Result> results = fleet.awaitResults("namesakes", 3);

    assertThat(results).allSatisfy(this::isFoundWithItsFiles);
    assertThat(results.stream().map(Result::directory).distinct()).hasSize(3);
  }

  private void isFoundWithItsFiles(Result result) {
    assertThat(result.failure()).isNull();
    assertThat(result.files())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(fleet.out().resolve(file.path())).hasSize(file.bytes()));
  }

  private TestFleet.Said submit(String batch, String... sounds) {
    List<Object> line = new java.util.ArrayList<>(List.of("submit", "--job", batch));
    line.addAll(List.of("--channels", "main", "--stems", "bass"));
    for (String sound : sounds) {
      line.add(fleet.music().resolve(sound));
    }
    return fleet.stemfleet(line.toArray());
  }

  private List<DeadJob> dead() {
    return fleet.all(topics.dead(), DeadJob.class);
  }

  private void send(String key, byte[] value) {
    try (Producer<String, byte[]> producer = fleet.clients().producer()) {
      var _ = producer.send(new ProducerRecord<>(topics.jobs(), key, value));
      producer.flush();
    }
  }

  private static byte[] changed(Job job, Consumer<ObjectNode> change) {
    try {
      ObjectNode tree = (ObjectNode) JSON.readTree(Wire.write(job));
      change.accept(tree);
      return JSON.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
