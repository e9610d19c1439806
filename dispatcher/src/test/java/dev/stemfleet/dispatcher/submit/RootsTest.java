package dev.stemfleet.dispatcher.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RootsTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void realFolder() throws IOException {
    folder = temporary.toRealPath();
  }

  @Test
  void aFileIsNamedByItsRootAndTheWayBelow() throws IOException {
    Path file = file("nas/music/an album/caf\u00e9 #1.mp3");

    Source.InRoot source = roots("music", "nas/music").locate(file);

    assertThat(source).isEqualTo(new Source.InRoot("music", "an album/caf\u00e9 #1.mp3"));
    assertThat(Source.parse(source.uri().toString())).isEqualTo(source);
  }

  @Test
  void theDeepestRootWins() throws IOException {
    Path file = file("nas/music/album/a.mp3");
    Roots roots =
        new Roots(
            Map.of(
                "all", folder.resolve("nas"),
                "album", folder.resolve("nas/music/album"),
                "music", folder.resolve("nas/music")));

    assertThat(roots.locate(file)).isEqualTo(new Source.InRoot("album", "a.mp3"));
  }

  @Test
  void aLinkIntoARootIsFollowed() throws IOException {
    Path file = file("nas/music/a.mp3");
    Path link = Files.createSymbolicLink(folder.resolve("here.mp3"), file);
    Files.createSymbolicLink(folder.resolve("mounted"), folder.resolve("nas"));

    assertThat(roots("music", "mounted/music").locate(link))
        .isEqualTo(new Source.InRoot("music", "a.mp3"));
  }

  @Test
  void aLinkDoesNotLeadOutOfARoot() throws IOException {
    Path secret = file("elsewhere/secret.mp3");
    file("nas/music/a.mp3");
    Path link = Files.createSymbolicLink(folder.resolve("nas/music/link.mp3"), secret);

    assertThatThrownBy(() -> roots("music", "nas/music").locate(link))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SOURCE_FORBIDDEN))
        .hasMessageContainingAll("link.mp3", "secret.mp3", "music=");
  }

  @Test
  void aFolderThatOnlyBeginsLikeTheRootIsOutside() throws IOException {
    Path file = file("nas/music2/a.mp3");
    Files.createDirectories(folder.resolve("nas/music"));

    assertThatThrownBy(() -> roots("music", "nas/music").locate(file))
        .isInstanceOf(JobException.class);
  }

  @Test
  void withoutRootsTheErrorSaysHowToNameOne() throws IOException {
    Path file = file("a.mp3");

    assertThatThrownBy(() -> new Roots(Map.of()).locate(file))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("--root");
  }

  @Test
  void filesOnThisMachineAreCoveredByTheirFolders() throws IOException {
    Path one = file("x/a.mp3");
    Path two = file("x/y/b.mp3");
    Path three = file("z/c.mp3");

    Map<String, Path> covering =
        Roots.covering(List.of(two, one, three, folder.resolve("gone.mp3")));

    assertThat(covering)
        .containsExactly(
            Map.entry("local-1", folder.resolve("x")), Map.entry("local-2", folder.resolve("z")));
  }

  private Roots roots(String name, String path) {
    return new Roots(Map.of(name, folder.resolve(path)));
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }
}
