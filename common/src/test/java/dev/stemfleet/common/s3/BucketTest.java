package dev.stemfleet.common.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.fixture.store.FaultyWay;
import dev.stemfleet.fixture.store.FaultyWay.Fault;
import dev.stemfleet.fixture.store.StoreServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real store, and by a way to it on which requests go wrong.
final class BucketTest {
  private static final StoreServer SERVER = StoreServer.shared();

  @TempDir private Path folder;

  private final Bucket bucket = SERVER.newPlace();

  @Test
  void whatWasWrittenIsReadFoundListedAndRemoved() throws IOException {
    String key = "An Artist - Title & more/ä+b [BPM 120 Am] 100%.json";
    bucket.write(key, "one".getBytes(UTF_8));
    bucket.write("other", "two".getBytes(UTF_8));

    assertThat(bucket.read(key)).hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("one"));
    assertThat(bucket.find(key))
        .hasValueSatisfying(there -> assertThat(there.bytes()).isEqualTo(3));
    assertThat(bucket.list("")).extracting(Stored::key).containsExactly(key, "other");
    bucket.remove(key);
    assertThat(bucket.read(key)).isEmpty();
    assertThat(bucket.find(key)).isEmpty();
    bucket.remove(key);
  }

  @Test
  void ofSeveralThatCreateTheSameOneSucceeds() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Callable<Boolean>> tries =
          IntStream.range(0, 6)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> bucket.create("m", ("by " + i).getBytes(UTF_8)))
              .toList();
      List<Boolean> done = threads.invokeAll(tries).stream().map(Future::resultNow).toList();

      assertThat(done).containsOnlyOnce(true);
    }
  }

  @Test
  void whatIsAnotherVersionMeanwhileIsNotReplaced() throws IOException {
    bucket.write("m", "one".getBytes(UTF_8));
    String version = bucket.readVersion("m").orElseThrow().version();

    assertThat(bucket.replace("m", version, "two".getBytes(UTF_8))).isTrue();
    assertThat(bucket.replace("m", version, "three".getBytes(UTF_8))).isFalse();
    bucket.remove("m");
    assertThat(bucket.replace("m", version, "four".getBytes(UTF_8))).isFalse();
  }

  @Test
  void aFileIsSeenOnceItsUploadIsCompleteAndThenWhole() throws IOException {
    byte[] bytes = random((5 << 20) + 4711);
    Path file = Files.write(folder.resolve("large"), bytes);

    Upload upload = bucket.upload("v.mp4", file, Progress.NONE);

    assertThat(bucket.list("")).isEmpty();
    assertThat(bucket.unfinished("")).containsExactly("v.mp4");
    upload.complete();
    bucket.download("v.mp4", folder.resolve("back"), bytes.length, received -> {});
    assertThat(folder.resolve("back")).hasBinaryContent(bytes);
    assertThat(bucket.unfinished("")).isEmpty();
  }

  @Test
  void anUploadThatNobodyCompletesCanBeTakenBack() throws IOException {
    Path file = Files.write(folder.resolve("empty"), new byte[0]);
    var _ = bucket.upload("one/v.mp4", file, Progress.NONE);
    var _ = bucket.upload("two/v.mp4", file, Progress.NONE);

    bucket.removeAll("one/");

    assertThat(bucket.unfinished("")).containsExactly("two/v.mp4");
  }

  @Test
  void whatIsTooLargeIsNotFetched() throws IOException {
    bucket.write("s", new byte[100]);

    assertThatThrownBy(() -> bucket.download("s", folder.resolve("s"), 99, received -> {}))
        .isInstanceOfSatisfying(
            StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(StoreFailure.Kind.TOO_LARGE));
  }

  @Test
  void everyFailureNamesItsObjectAndItsKind() {
    assertThatThrownBy(() -> bucket.download("gone", folder.resolve("g"), 9, received -> {}))
        .hasMessage(bucket.name("gone") + ": the store answered 404 (NoSuchKey)")
        .isInstanceOfSatisfying(
            StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(StoreFailure.Kind.MISSING));
    Bucket none = open(SERVER.endpoint(), new BucketPlace("no-such-bucket", ""));
    assertThatThrownBy(() -> none.write("a", new byte[1]))
        .hasMessage("s3://no-such-bucket/a: the store answered 404 (NoSuchBucket)");
  }

  @Test
  void aStoreThatIsAwayForAMomentIsAskedAgain() throws IOException {
    try (FaultyWay way = new FaultyWay(SERVER.endpoint())) {
      Bucket there = open(way.endpoint(), bucket.place());
      way.next("PUT .*/one ", new Fault.Answered(500), 2);
      there.write("one", "1".getBytes(UTF_8));
      way.next("PUT .*/two ", new Fault.Cut(3), 2);
      there.write("two", new byte[1000]);
      way.next("PUT .*/three ", new Fault.Silent(), 1);
      there.write("three", "3".getBytes(UTF_8));
      way.next("PUT .*partNumber=2", new Fault.Cut(1000), 1);
      Path file = Files.write(folder.resolve("large"), random((5 << 20) + 1));
      there.upload("large", file, Progress.NONE).complete();

      assertThat(bucket.list(""))
          .extracting(Stored::bytes)
          .containsExactly(5242881L, 1L, 1L, 1000L);
    }
  }

  @Test
  void anOwnSuccessWhoseAnswerWasLostIsNoDefeat() throws IOException {
    try (FaultyWay way = new FaultyWay(SERVER.endpoint())) {
      Bucket there = open(way.endpoint(), bucket.place());
      way.next("PUT .*/m ", new Fault.AnswerLost(), 1);

      assertThat(there.create("m", "mine".getBytes(UTF_8))).isTrue();
      assertThat(there.create("m", "other".getBytes(UTF_8))).isFalse();
      assertThat(way.seen()).filteredOn(line -> line.startsWith("PUT")).hasSize(3);
    }
  }

  @Test
  void aStoreThatStaysAwayIsAFailureThatMayPassAndLeavesNothing() throws IOException {
    try (FaultyWay way = new FaultyWay(SERVER.endpoint())) {
      Bucket there = open(way.endpoint(), bucket.place());
      way.next("PUT .*partNumber=1", new Fault.Answered(503), 3);
      Path file = Files.write(folder.resolve("small"), new byte[10]);

      assertThatThrownBy(() -> there.upload("v", file, Progress.NONE))
          .hasMessage(bucket.name("v") + ": the store answered 503")
          .isInstanceOfSatisfying(
              StoreFailure.class,
              e -> assertThat(e.kind()).isEqualTo(StoreFailure.Kind.UNREACHABLE));
      assertThat(bucket.unfinished("")).isEmpty();
      assertThat(bucket.list("")).isEmpty();
    }
  }

  @Test
  void aStoreThatIsNotThereIsSaidToBeSo() throws IOException {
    try (FaultyWay way = new FaultyWay(SERVER.endpoint())) {
      Bucket nobody = open(way.endpoint(), bucket.place());
      way.close();

      assertThatThrownBy(() -> nobody.read("a"))
          .hasMessageContaining("the store cannot be reached: ConnectException")
          .isInstanceOf(StoreFailure.class);
    }
  }

  private static Bucket open(java.net.URI way, BucketPlace place) {
    return ObjectStore.open(StoreServer.settings(way), StoreServer.IMPATIENT).at(place);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
