package dev.stemfleet.worker.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.s3.ObjectStore;
import dev.stemfleet.common.s3.Stored;
import dev.stemfleet.fixture.store.FaultyWay;
import dev.stemfleet.fixture.store.FaultyWay.Fault;
import dev.stemfleet.fixture.store.StoreServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Outputs in a real object store, by a way on which requests go wrong.
final class BucketPlacementTest {
  private static final StoreServer SERVER = StoreServer.shared();
  private static final String HERE = "friday/Main Channel/An Artist - A Title";
  private static final String TRACK = "abcdef0123456789";

  /// Thinks everybody dead whose lease is not from the future.
  private static final Duration AT_ONCE = Duration.ofSeconds(-10);

  @TempDir private Path temporary;
  private final BucketPlace place = new BucketPlace(SERVER.newBucket(), "out");
  private final Bucket bucket = open(SERVER.endpoint().toString());
  private FaultyWay way;
  private Bucket faulty;
  private BucketWork work;
  private BucketPlacement placement;

  @BeforeEach
  void open() throws IOException {
    way = new FaultyWay(SERVER.endpoint());
    faulty = open(way.endpoint().toString());
    work = BucketWork.open(faulty, "w1", BucketWork.STALE_AFTER);
    placement = new BucketPlacement(faulty, work);
  }

  @AfterEach
  void close() throws IOException {
    way.close();
  }

  @Test
  void outputsAreSeenWithTheirManifestAndFoundAgain() throws IOException {
    Placement.Placed placed = place(placement, "job1", "spec1", "video");

    assertThat(placed.directory()).startsWith(HERE + "/");
    assertThat(bucket.read(placed.directory() + "/a.mp4"))
        .hasValueSatisfying(bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("video"));
    assertThat(placement.finished("job1", "spec1", HERE, TRACK))
        .hasValueSatisfying(found -> assertThat(found.directory()).isEqualTo(placed.directory()));
    assertThat(placement.finished("job1", "spec2", HERE, TRACK)).isEmpty();
    assertThat(placement.finished("job2", "spec1", HERE, TRACK)).isEmpty();
    assertThat(placement.has(placed.directory() + "/a.mp4", 5)).isTrue();
    assertThat(outputs()).containsExactlyInAnyOrderElementsOf(named(placed));
    work.close();
    assertThat(keys(OutputBucket.WORK)).isEmpty();
  }

  @Test
  void whatIsThereWithTheSameSpecIsKeptUnlessItIsNotWhole() throws IOException {
    Placement.Placed first = place(placement, "job1", "spec1", "video");

    assertThat(place(placement, "job1", "spec1", "again").directory()).isEqualTo(first.directory());
    bucket.write(first.directory() + "/a.mp4", "cut".getBytes(UTF_8));
    assertThat(placement.finished("job1", "spec1", HERE, TRACK)).isEmpty();
    Placement.Placed mended = place(placement, "job1", "spec1", "again");
    assertThat(outputs()).containsExactlyInAnyOrderElementsOf(named(mended));
  }

  @Test
  void anotherSpecReplacesAndAnotherOwnerGetsAnotherName() throws IOException {
    place(placement, "job1", "spec1", "video");
    Placement.Placed second = place(placement, "job1", "spec2", "other");
    Placement.Placed rival = place(placement, "job2", "spec1", "rival");

    assertThat(rival.directory()).startsWith(HERE + " (abcdef)/");
    Set<String> all = named(second);
    all.addAll(named(rival));
    assertThat(outputs()).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aCorrectedTitleMovesTheOutputs() throws IOException {
    place(placement, "job1", "spec1", "video");
    Placement.Placed moved =
        placement.place(
            folderWith("other"),
            "job1",
            "spec2",
            entries("other"),
            "friday/Main Channel/Other",
            TRACK,
            there -> null);

    assertThat(outputs()).containsExactlyInAnyOrderElementsOf(named(moved));
  }

  @Test
  void ofSeveralThatFinishAtOnceOneIsSeenAndAllReportIt() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Placement.Placed>> rivals =
          IntStream.range(0, 4)
              .<Callable<Placement.Placed>>mapToObj(
                  i -> {
                    BucketWork other = BucketWork.open(bucket, "r" + i, BucketWork.STALE_AFTER);
                    BucketPlacement rival = new BucketPlacement(bucket, other);
                    return () -> place(rival, "job1", "spec1", "video " + i);
                  })
              .toList();
      List<Placement.Placed> placed =
          threads.invokeAll(rivals).stream().map(Future::resultNow).distinct().toList();

      assertThat(placed).hasSize(1);
      assertThat(outputs()).containsExactlyInAnyOrderElementsOf(named(placed.getFirst()));
    }
  }

  @Test
  void whatCannotBeWrittenNowLeavesNothingAndMayBeTriedAgain() throws IOException {
    for (String request : List.of("PUT .*partNumber", "POST .*uploadId=", "PUT .*manifest.json")) {
      way.next(request, new Fault.Answered(503), 3);

      assertThatThrownBy(() -> place(placement, "job1", "spec1", "video"))
          .as(request)
          .isInstanceOfSatisfying(
              JobException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.OUTPUT_UNWRITABLE))
          .hasMessageContaining("the store answered 503");
      assertThat(placement.finished("job1", "spec1", HERE, TRACK)).isEmpty();
      assertThat(bucket.find(HERE + "/manifest.json")).isEmpty();
      way.mend();
    }
    assertThat(bucket.unfinished("")).isEmpty();
    Placement.Placed placed = place(placement, "job1", "spec1", "video");
    work.close();
    BucketWork.open(bucket, "w2", AT_ONCE).close();
    assertThat(outputs()).containsExactlyInAnyOrderElementsOf(named(placed));
  }

  @Test
  void aManifestOfWhichNoAnswerCameIsFoundAtTheNextTry() throws IOException {
    way.next("PUT .*manifest.json", new Fault.AnswerLost(), 1);
    way.next("PUT .*manifest.json", new Fault.Answered(500), 2);

    assertThatThrownBy(() -> place(placement, "job1", "spec1", "video"))
        .isInstanceOf(JobException.class);

    Placement.Placed placed = place(placement, "job1", "spec1", "again");
    assertThat(placed.manifest().files()).isEqualTo(entries("video"));
    work.close();
    BucketWork.open(bucket, "w2", AT_ONCE).close();
    assertThat(outputs()).containsExactlyInAnyOrderElementsOf(named(placed));
  }

  @Test
  void whatADeadWorkerLeftIsRemovedAndWhatALiveOneHasIsNot() throws IOException {
    Files.write(temporary.resolve("a.mp4"), new byte[6 << 20]);
    String sha256 = Sha256.ofFile(temporary.resolve("a.mp4"));
    var files = List.of(new Manifest.Entry("a.mp4", 6 << 20, sha256));
    var _ = work.begin(HERE + "/12345678");
    BucketUploads.send(bucket, temporary, HERE + "/12345678", files).getFirst().complete();
    var _ = BucketUploads.send(bucket, temporary, HERE + "/12345678", files);

    BucketWork.open(bucket, "w2", BucketWork.STALE_AFTER).close();
    assertThat(outputs()).containsExactly(HERE + "/12345678/a.mp4");
    assertThat(bucket.unfinished("")).hasSize(1);

    BucketWork.open(bucket, "w2", AT_ONCE).close();
    assertThat(outputs()).isEmpty();
    assertThat(bucket.unfinished("")).isEmpty();
    assertThat(keys(OutputBucket.WORK)).isEmpty();
  }

  @Test
  void marksOfTriesAreSeenByAll() {
    Attempts here = new Attempts(new BucketMarks(bucket));
    Attempts there = new Attempts(new BucketMarks(faulty));

    try (Attempts.Mark _ = here.begin("job1", "run1")) {
      here.giveBack("job1", "run1", 4);
      assertThat(there.past("job1", "run1")).isEqualTo(new Attempts.Past(1, 1, 5));
    }
    assertThat(there.unended("job1", "run1")).isZero();
    there.forget("job1", "run1");
    assertThat(keys(OutputBucket.ATTEMPTS)).isEmpty();
  }

  private Placement.Placed place(Placement with, String owner, String spec, String content) {
    return with.place(
        folderWith(content), owner, spec, entries(content), HERE, TRACK, there -> null);
  }

  private Path folderWith(String content) {
    try {
      Path folder = Files.createTempDirectory(temporary, "job");
      Files.writeString(folder.resolve("a.mp4"), content);
      return folder;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Manifest.Entry> entries(String content) {
    return List.of(new Manifest.Entry("a.mp4", content.length(), Sha256.of(content)));
  }

  private static Set<String> named(Placement.Placed placed) {
    String folder = placed.directory();
    Set<String> keys =
        placed.manifest().files().stream()
            .map(file -> folder + "/" + file.name())
            .collect(Collectors.toSet());
    keys.add(folder.substring(0, folder.lastIndexOf('/')) + "/manifest.json");
    return keys;
  }

  private List<String> outputs() {
    return keys("friday/");
  }

  private List<String> keys(String beginning) {
    try {
      return bucket.list(beginning).stream().map(Stored::key).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Bucket open(String endpoint) {
    return ObjectStore.open(
            StoreServer.settings(java.net.URI.create(endpoint)), StoreServer.IMPATIENT)
        .at(place);
  }
}
