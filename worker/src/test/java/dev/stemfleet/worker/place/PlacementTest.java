package dev.stemfleet.worker.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlacementTest {
  private static final String HERE = "friday/Main/Ann - Song";
  private static final String TRACK = "abcdef0123456789";

  @TempDir Path temporary;
  private OutputRoot out;
  private WorkFolders work;
  private Placement placement;

  @BeforeEach
  void open() {
    out = new OutputRoot(temporary);
    work = WorkFolders.open(out, "w1");
    placement = new FolderPlacement(out);
  }

  @Test
  void aFolderIsPlacedWholeWithItsManifestAndFoundAgain() throws IOException {
    Placement.Placed placed = place("job1", "spec1", "video");

    assertThat(placed.directory()).isEqualTo(HERE);
    assertThat(Files.readString(temporary.resolve(HERE).resolve("a.mp4"))).isEqualTo("video");
    assertThat(placement.finished("job1", "spec1", HERE, TRACK)).isPresent();
    assertThat(placement.finished("job1", "spec2", HERE, TRACK)).isEmpty();
    assertThat(placement.finished("job2", "spec1", HERE, TRACK)).isEmpty();
  }

  @Test
  void whatIsWantedAnewReplacesWhatIsThereWithTheSameSpec() throws IOException {
    place("job1", "spec1", "video");
    assertThat(place("job1", "spec1", "again").manifest().files()).isEqualTo(entries("video"));

    placement.place(
        folderWith("other"),
        "job1",
        "spec1",
        entries("other"),
        HERE,
        TRACK,
        directory -> null,
        there -> false);

    assertThat(temporary.resolve(HERE).resolve("a.mp4")).hasContent("other");
    assertThat(placement.finished("job1", "spec1", HERE, TRACK)).isPresent();
  }

  @Test
  void whatWasChangedAfterwardsIsNotFinished() throws IOException {
    place("job1", "spec1", "video");

    Files.writeString(temporary.resolve(HERE).resolve("a.mp4"), "vide0");

    assertThat(placement.finished("job1", "spec1", HERE, TRACK)).isEmpty();
  }

  @Test
  void aLinkThatLeadsOutOfTheRootIsRefused(@TempDir Path elsewhere) throws IOException {
    Files.createDirectories(temporary.resolve("friday"));
    Files.createSymbolicLink(temporary.resolve("friday/Main"), elsewhere);

    assertThatThrownBy(() -> place("job1", "spec1", "video"))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("friday/Main leads out of the output root, to " + elsewhere);
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aLinkWithinTheRootIsFollowed() throws IOException {
    Path real = Files.createDirectories(temporary.resolve("real"));
    Files.createSymbolicLink(temporary.resolve("friday"), real);

    place("job1", "spec1", "video");

    assertThat(real.resolve("Main/Ann - Song/a.mp4")).hasContent("video");
  }

  @Test
  void anotherJobsFolderIsNeverWrittenTo() throws IOException {
    place("job1", "spec1", "first");
    Placement.Placed second = place("job2", "spec1", "second");
    Placement.Placed third = place("job3", "spec1", "third");

    assertThat(second.directory()).isEqualTo(HERE + " (abcdef)");
    assertThat(third.directory()).isEqualTo(HERE + " (job3)");
    assertThat(Files.readString(temporary.resolve(HERE).resolve("a.mp4"))).isEqualTo("first");
    assertThat(placement.finished("job3", "spec1", HERE, TRACK).orElseThrow().directory())
        .isEqualTo(third.directory());
  }

  @Test
  void aFolderWithoutManifestIsLeftAlone() throws IOException {
    Files.createDirectories(temporary.resolve(HERE));
    Files.writeString(temporary.resolve(HERE).resolve("mine.txt"), "mine");

    assertThat(place("job1", "spec1", "video").directory()).isEqualTo(HERE + " (abcdef)");
    assertThat(temporary.resolve(HERE).resolve("mine.txt")).exists();
  }

  @Test
  void anotherSpecOfTheSameJobReplacesTheFolderWhole() throws IOException {
    place("job1", "spec1", "old");
    place("job1", "spec2", "new");

    assertThat(Files.readString(temporary.resolve(HERE).resolve("a.mp4"))).isEqualTo("new");
    assertThat(placement.finished("job1", "spec1", HERE, TRACK)).isEmpty();
  }

  @Test
  void theFormerFolderGoesWhenTheJobMoves() throws IOException {
    place("job1", "spec1", "old");

    placement.place(
        folderWith("new"), "job1", "spec2", entries("new"), "friday/Main/Else", TRACK, d -> null);

    assertThat(temporary.resolve(HERE)).doesNotExist();
    assertThat(temporary.resolve("friday/Main/Else/a.mp4")).exists();
  }

  @Test
  void twoWorkersThatFinishTheSameJobLeaveOneIntactFolder() throws Exception {
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 500; round++) {
        String owner = "job" + round;
        String directory = "race/" + round;
        Callable<Placement.Placed> finish =
            () ->
                new FolderPlacement(out)
                    .place(
                        folderWith("same"),
                        owner,
                        "s",
                        entries("same"),
                        directory,
                        TRACK,
                        d -> null);
        List<Future<Placement.Placed>> all =
            pool.invokeAll(List.of(finish, finish, finish, finish));
        for (Future<Placement.Placed> one : all) {
          assertThat(one.get().directory()).isEqualTo(directory);
        }
        assertThat(placement.finished(owner, "s", directory, TRACK)).isPresent();
      }
    }
  }

  @Test
  void workOfDeadWorkersIsRemovedAndThatOfLiveOnesIsNot() throws IOException {
    Path live = Files.createDirectories(out.work().resolve("live"));
    Path dead = Files.createDirectories(out.work().resolve("dead"));
    leaseSeen(live, Duration.ofMinutes(9));
    leaseSeen(dead, Duration.ofMinutes(11));

    WorkFolders.open(out, "w2").close();
    assertThat(dead).doesNotExist();
    assertThat(live).exists();
  }

  private static void leaseSeen(Path folder, Duration ago) throws IOException {
    Path lease = Files.writeString(folder.resolve("lease"), "");
    Files.setLastModifiedTime(lease, FileTime.from(Instant.now().minus(ago)));
  }

  @Test
  void twoWorkersOfOneIdHaveAFolderEach() {
    Path first = work.forJob("job").path();
    WorkFolders.open(out, "w1").close();
    assertThat(first).exists();
  }

  @Test
  void placesLeadNeitherOutOfTheRootNorIntoItsHiddenFolder() {
    for (String bad : List.of("..", "../x", "/etc", "a/../..", ".stemfleet/work", "")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> out.resolve(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void threeTriesWithoutAnEndAreKnownAndOrderlyOnesAreNot() {
    Attempts attempts = new Attempts(out);
    attempts.begin("job1", "run1");
    attempts.begin("job1", "run1").close();
    attempts.begin("job1", "run1");

    assertThat(attempts.unended("job1", "run1")).isEqualTo(2);
    assertThat(attempts.unended("job1", "run2")).isZero();
    attempts.forget("job1", "run1");
    assertThat(attempts.unended("job1", "run1")).isZero();
  }

  @Test
  void nothingIsLeftInTheWorkFolder() throws IOException {
    place("job1", "spec1", "old");
    place("job1", "spec2", "new");

    try (Stream<Path> left = Files.list(out.work())) {
      assertThat(left.flatMap(PlacementTest::listed).map(p -> p.getFileName().toString()))
          .containsOnly("lease");
    }
  }

  private static Stream<Path> listed(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Placement.Placed place(String owner, String spec, String content) throws IOException {
    return placement.place(
        folderWith(content), owner, spec, entries(content), HERE, TRACK, directory -> null);
  }

  private Path folderWith(String content) throws IOException {
    Path folder = work.forJob("job").path();
    Files.writeString(folder.resolve("a.mp4"), content);
    return folder;
  }

  private static List<Manifest.Entry> entries(String content) {
    return List.of(new Manifest.Entry("a.mp4", content.length(), Sha256.of(content)));
  }
}
