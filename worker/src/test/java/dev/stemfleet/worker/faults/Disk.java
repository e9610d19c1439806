package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.fleet.TestFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// An output root as an auditor looks at it.
///
/// @param fleet whose output root it is, and who knows which workers live
record Disk(TestFleet fleet) {
  private static final String HIDDEN = ".stemfleet";
  private static final String MANIFEST = "manifest.json";
  private static final Duration LONG_AGO = Duration.ofMinutes(11);

  /// What lies in view.
  ///
  /// @param folders with a manifest
  /// @param files that manifests name
  /// @param bytes of them
  record Figures(int folders, int files, long bytes) {}

  private Path out() {
    return fleet.out();
  }

  Figures figures() {
    int files = 0;
    long bytes = 0;
    List<Path> manifests = manifests();
    for (Path manifest : manifests) {
      for (JsonNode entry : read(manifest).get("files")) {
        files++;
        bytes += entry.get("bytes").asLong();
      }
    }
    return new Figures(manifests.size(), files, bytes);
  }

  /// Each job that succeeded has one folder, which is the one its answer names; there is no other
  /// folder but those of audio products, and no empty one.
  void hasOneFolderForEach(Collection<Result> answers) {
    Map<String, String> wanted = new HashMap<>();
    Set<String> products = new HashSet<>();
    for (Result result : answers) {
      if (result.succeeded()) {
        wanted.put(result.directory(), result.jobId());
        result
            .files()
            .forEach(file -> products.add(file.path().substring(0, file.path().lastIndexOf('/'))));
      }
    }
    Map<String, String> found = new HashMap<>();
    for (Path manifest : manifests()) {
      String folder = out().relativize(manifest.getParent()).toString();
      if (wanted.containsKey(folder) || !products.contains(folder)) {
        found.put(folder, read(manifest).get("owner").asText());
      }
    }
    assertThat(found).as("folders and their jobs").containsExactlyInAnyOrderEntriesOf(wanted);
    assertThat(visible().filter(Disk::isEmptyFolder)).as("empty folders").isEmpty();
  }

  /// Every job has ended, so no mark of a try is left, and no worker that lives has work.
  void remembersNoTry() {
    assertThat(listed(out().resolve(HIDDEN).resolve("attempts"))).as("marks of tries").isEmpty();
    for (Path folder : listed(work())) {
      if (isOfTheLiving(folder)) {
        assertThat(listed(folder)).as("%s", folder).allMatch(file -> file.endsWith("lease"));
      }
    }
  }

  /// Work folders whose worker is gone.
  int foldersOfTheDead() {
    return (int) listed(work()).stream().filter(folder -> !isOfTheLiving(folder)).count();
  }

  /// Makes what dead workers left look as it does when they have been dead for ten minutes.
  void age() {
    FileTime then = FileTime.from(Instant.now().minus(LONG_AGO));
    for (Path folder : listed(work())) {
      if (!isOfTheLiving(folder)) {
        listed(folder).forEach(file -> touch(file, then));
        touch(folder, then);
      }
    }
  }

  /// Jobs with so many tries that run or have lost their worker.
  List<Path> jobsWithTries(int atLeast) {
    return listed(out().resolve(HIDDEN).resolve("attempts")).stream()
        .filter(job -> listed(job).size() >= atLeast)
        .toList();
  }

  private Path work() {
    return out().resolve(HIDDEN).resolve("work");
  }

  private boolean isOfTheLiving(Path workFolder) {
    String name = workFolder.getFileName().toString();
    return fleet.living().contains(name.substring(0, name.lastIndexOf('-')));
  }

  private List<Path> manifests() {
    return visible().filter(file -> file.endsWith(MANIFEST)).toList();
  }

  private Stream<Path> visible() {
    if (!Files.exists(out())) {
      return Stream.empty();
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(out())) {
      all.filter(file -> !file.equals(out()) && !out().relativize(file).startsWith(HIDDEN))
          .forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream();
  }

  private static boolean isEmptyFolder(Path path) {
    return Files.isDirectory(path) && listed(path).isEmpty();
  }

  private static List<Path> listed(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      // Gone meanwhile, or never made.
      return List.of();
    }
  }

  private static void touch(Path file, FileTime time) {
    try {
      Files.setLastModifiedTime(file, time);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
