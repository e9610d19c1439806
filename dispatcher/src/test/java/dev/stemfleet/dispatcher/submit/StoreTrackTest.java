package dev.stemfleet.dispatcher.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.config.S3Settings;
import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.s3.ObjectStore;
import dev.stemfleet.common.s3.StoreSources;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.common.web.WebLimits;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.plan.TrackRequest;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.fixture.store.StoreServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tracks in a real object store.
final class StoreTrackTest {
  private static final StoreServer SERVER = StoreServer.shared();

  @TempDir Path folder;
  private String name;
  private S3Settings settings;
  private byte[] sound;

  @BeforeEach
  void fill() throws IOException {
    name = SERVER.newBucket();
    settings = SERVER.settings(new BucketPlace(name, "music"));
    sound = Files.readAllBytes(TestSound.tone(0.5, 440, 0.3).writeWav(folder.resolve("sound.wav")));
    Bucket bucket = ObjectStore.open(settings, StoreServer.IMPATIENT).at(new BucketPlace(name, ""));
    for (String key : List.of("music/a 100% song.wav", "music/b/two.wav", "secret/three.wav")) {
      bucket.write(key, sound);
    }
    bucket.write("music/notes.doc", new byte[1]);
    bucket.write("music/.hidden/four.wav", sound);
  }

  @Test
  void aFolderOfTheStoreIsAFolderOfTracks() {
    assertThat(read("s3://" + name + "/music/"))
        .extracting(entry -> ((TrackEntry.InBucket) entry.place()).source().key())
        .containsExactly("music/a 100% song.wav", "music/b/two.wav");
  }

  @Test
  void aTrackOfTheStoreIsLookedAtAndNamedByItsKey() {
    String address = "s3://" + name + "/music/a 100% song.wav";

    TrackRequest track = look(read(address).getFirst());

    Source source = track.track().source();
    assertThat(source).isEqualTo(new Source.InBucket(name, "music/a 100% song.wav"));
    assertThat(Source.parse(source.uri().toString())).isEqualTo(source);
    assertThat(track.track().sha256()).isEqualTo(Sha256.of(sound));
    assertThat(track.track().title()).isEqualTo("a 100% song");
  }

  @Test
  void whatLiesElsewhereIsNotRead() {
    assertThatThrownBy(() -> look(read("s3://" + name + "/secret/three.wav").getFirst()))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SOURCE_FORBIDDEN))
        .hasMessageContaining("s3: {sources: [s3://" + name + "]}");
    assertThatThrownBy(() -> read("s3://" + name + "/secret/"))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("no tracks may be read");
    assertThatThrownBy(() -> read("s3://" + name))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("no tracks may be read");
  }

  @Test
  void whatIsNotThereIsSaidToBeSo() {
    assertThatThrownBy(() -> read("s3://" + name + "/music/none/"))
        .hasMessage("s3://" + name + "/music/none/: there is no sound file in this folder");
    assertThatThrownBy(() -> look(read("s3://" + name + "/music/gone.wav").getFirst()))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SOURCE_MISSING))
        .hasMessageContaining("s3://" + name + "/music/gone.wav");
    assertThatThrownBy(() -> read("s3://UPPER/a.wav")).isInstanceOf(RequestException.class);
  }

  private List<TrackEntry> read(String argument) {
    StoreSources store = new StoreSources(settings, StoreServer.IMPATIENT);
    return new InputReader(folder, Map.of(), store, InputStream.nullInputStream())
        .read(List.of(argument)).stream().flatMap(one -> one.tracks().stream()).toList();
  }

  private TrackRequest look(TrackEntry entry) {
    WebDownload web = new WebDownload(new WebGuard(List.of()), WebLimits.USUAL);
    StoreSources store = new StoreSources(settings, StoreServer.IMPATIENT);
    return new TrackReader(new Roots(Map.of()), new Downloads(web, store), (asset, bytes) -> {})
        .read(entry);
  }
}
