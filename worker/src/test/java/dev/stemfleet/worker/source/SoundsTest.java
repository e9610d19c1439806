package dev.stemfleet.worker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.common.web.WebLimits;
import dev.stemfleet.fixture.Jobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ways out of a root and into this machine.
final class SoundsTest {
  private static final byte[] BYTES = "the sound".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void makeARootAndWhatLiesBesideIt() throws IOException {
    root = Files.createDirectories(folder.resolve("music"));
    Files.createDirectories(folder.resolve("music-private"));
    Files.write(root.resolve("song.wav"), BYTES);
    Files.write(folder.resolve("secret.wav"), BYTES);
    Files.write(folder.resolve("music-private/secret.wav"), BYTES);
  }

  @Test
  void aFileBelowItsRootIsFound() throws IOException {
    assertThat(locate(new Source.InRoot("music", "song.wav")))
        .isEqualTo(root.resolve("song.wav").toRealPath());
  }

  @Test
  void aLinkInsideTheRootIsFollowed() throws IOException {
    Files.createSymbolicLink(root.resolve("link.wav"), Path.of("song.wav"));

    assertThat(locate(new Source.InRoot("music", "link.wav"))).hasBinaryContent(BYTES);
  }

  @Test
  void aLinkOutOfTheRootIsRefused() throws IOException {
    Files.createSymbolicLink(root.resolve("file.wav"), folder.resolve("secret.wav"));
    Files.createSymbolicLink(root.resolve("folder"), folder);
    Files.createSymbolicLink(root.resolve("beside"), folder.resolve("music-private"));
    Files.createSymbolicLink(root.resolve("first"), Path.of("second"));
    Files.createSymbolicLink(root.resolve("second"), Path.of("../secret.wav"));

    for (String path :
        List.of("file.wav", "folder/secret.wav", "beside/secret.wav", "first", "second")) {
      assertRefused(new Source.InRoot("music", path), FailureCode.SOURCE_FORBIDDEN);
    }
  }

  @Test
  void aLinkToItselfIsAFileThatCannotBeReadNow() throws IOException {
    Files.createSymbolicLink(root.resolve("self"), Path.of("self"));

    assertRefused(new Source.InRoot("music", "self"), FailureCode.SOURCE_UNREACHABLE);
  }

  @Test
  void anotherRootThanTheWorkersIsRefused() {
    assertRefused(new Source.InRoot("etc", "passwd"), FailureCode.SOURCE_FORBIDDEN);
  }

  @Test
  void aFolderOrADeviceIsNoSound() throws IOException {
    Files.createDirectories(root.resolve("album"));

    assertRefused(new Source.InRoot("music", "album"), FailureCode.SOURCE_CHANGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file://music/../secret.wav",
        "file://music/a/../../secret.wav",
        "file://music/%2e%2e/secret.wav",
        "file://music//etc/passwd",
        "file:///etc/passwd",
        "file:/etc/passwd",
        "file://music/a%00b",
        "file://music/a%0ab",
        "file://../secret.wav",
        "file://MUSIC/x",
        "concat:a|b",
        "ftp://a/b",
        "data:,x",
        "http:///a",
        "/etc/passwd",
        ""
      })
  void whatIsNoPathBelowARootIsNoSource(String text) {
    assertThatThrownBy(() -> Source.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("source: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1/a", "http://169.254.169.254/a", "http://[::1]/a"})
  void addressesOfThisMachineAreRefused(String address) {
    assertRefused(Source.parse(address), FailureCode.SOURCE_FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.wav", "/etc/passwd", "a/../../secret.wav", "beside/../../x"})
  void noNameOfAPictureLeadsOutOfTheAssets(String name) {
    Assets assets = new Assets(List.of(root), folder.resolve("shared"));

    assertThatThrownBy(() -> assets.locate(new AssetRef(name, Sha256.of(BYTES))))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.ASSET_MISSING));
  }

  private Path locate(Source source) {
    Track some = Jobs.track("Ann", "One");
    Track track =
        new Track(
            some.id(),
            source,
            Sha256.of(BYTES),
            BYTES.length,
            null,
            "One",
            "Ann",
            null,
            null,
            null,
            null,
            some.trim());
    WebDownload web = new WebDownload(new WebGuard(List.of()), WebLimits.USUAL);
    return new Sounds(Map.of("music", root), web).locate(track, folder, Progress.NONE);
  }

  private void assertRefused(Source source, FailureCode code) {
    assertThatThrownBy(() -> locate(source))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }
}
