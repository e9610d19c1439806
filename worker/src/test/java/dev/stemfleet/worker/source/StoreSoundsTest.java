package dev.stemfleet.worker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.s3.ObjectStore;
import dev.stemfleet.common.s3.StoreSources;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.common.web.WebLimits;
import dev.stemfleet.fixture.store.FaultyWay;
import dev.stemfleet.fixture.store.FaultyWay.Fault;
import dev.stemfleet.fixture.store.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tracks in a real object store, by a way on which requests go wrong.
final class StoreSoundsTest {
  private static final StoreServer SERVER = StoreServer.shared();

  @TempDir private Path folder;
  private final byte[] sound = new byte[300_000];
  private String bucket;
  private FaultyWay way;

  @BeforeEach
  void fill() throws IOException {
    new Random(5).nextBytes(sound);
    bucket = SERVER.newBucket();
    way = new FaultyWay(SERVER.endpoint());
    var all = ObjectStore.open(SERVER.settings(), StoreServer.IMPATIENT);
    all.at(new BucketPlace(bucket, "music")).write("song.wav", sound);
    all.at(new BucketPlace(bucket, "secret")).write("song.wav", sound);
  }

  @AfterEach
  void close() throws IOException {
    way.close();
  }

  @Test
  void aTrackIsFetchedAndChecked() {
    assertThat(locate("music/song.wav", sound.length)).hasBinaryContent(sound);
  }

  @Test
  void aJobCannotNameWhatTheOperatorDoesNot() {
    assertFails("secret/song.wav", FailureCode.SOURCE_FORBIDDEN);
    assertThat(way.seen()).isEmpty();
  }

  @Test
  void otherBytesAndMoreBytesAreAnotherTrack() {
    assertThatThrownBy(() -> locate("music/song.wav", sound.length - 1))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SOURCE_CHANGED));
    sound[7]++;
    assertFails("music/song.wav", FailureCode.SOURCE_CHANGED);
  }

  @Test
  void whatMayPassIsToldFromWhatMayNot() {
    assertFails("music/gone.wav", FailureCode.SOURCE_MISSING);
    way.next("GET", new Fault.Answered(403), 1);
    assertFails("music/song.wav", FailureCode.SOURCE_FORBIDDEN);
    way.next("GET", new Fault.Answered(503), 3);
    assertFails("music/song.wav", FailureCode.SOURCE_UNREACHABLE);
    way.next("GET", new Fault.Silent(), 3);
    assertFails("music/song.wav", FailureCode.SOURCE_UNREACHABLE);
    way.next("GET", new Fault.AnswerCut(100_000), 1);
    assertFails("music/song.wav", FailureCode.SOURCE_UNREACHABLE);
    way.next("GET", new Fault.Answered(500), 2);
    assertThat(locate("music/song.wav", sound.length)).hasBinaryContent(sound);
  }

  private void assertFails(String key, FailureCode code) {
    assertThatThrownBy(() -> locate(key, sound.length))
        .isInstanceOfSatisfying(JobException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private Path locate(String key, long bytes) {
    Track track =
        new Track(
            "t1",
            new Source.InBucket(bucket, key),
            Sha256.of(sound),
            bytes,
            1.0,
            "Title",
            "",
            null,
            null,
            null,
            null,
            Trim.NONE);
    WebDownload web = new WebDownload(new WebGuard(List.of()), WebLimits.USUAL);
    try (StoreSources store =
        new StoreSources(
            StoreServer.settings(way.endpoint(), new BucketPlace(bucket, "music")),
            StoreServer.IMPATIENT)) {
      return new Sounds(Map.of(), web, store).locate(track, folder, Progress.NONE);
    }
  }
}
