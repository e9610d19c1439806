package dev.stemfleet.worker.evaluate;

import dev.stemfleet.common.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A song with its true stems: a folder with `mixture.wav`, `vocals.wav`, `drums.wav`, `bass.wav`
/// and `other.wav`.
///
/// @param folder in which all five files are
record SongFolder(Path folder) {
  /// The true stems, in the order of everything that is printed.
  static final List<String> STEMS = List.of("vocals", "drums", "bass", "other");

  private static final String MIXTURE = "mixture";

  /// The songs of a folder, by name. Folders with none of the five files are passed over; a folder
  /// that holds the files itself is one song.
  ///
  /// @throws ConfigException naming the folder without songs, or the file that a song lacks
  static List<SongFolder> in(Path songs) {
    try (Stream<Path> below = Files.list(songs)) {
      List<SongFolder> found =
          Stream.concat(Stream.of(songs), below.sorted())
              .map(SongFolder::new)
              .filter(SongFolder::holdsAny)
              .toList();
      if (found.isEmpty()) {
        throw new ConfigException(songs, "holds no songs (SONG/mixture.wav, SONG/vocals.wav, ...)");
      }
      found.forEach(SongFolder::requireAll);
      return found;
    } catch (IOException e) {
      throw new ConfigException(songs, "is no folder that can be read");
    }
  }

  String name() {
    return folder.getFileName().toString();
  }

  Path mixture() {
    return file(MIXTURE);
  }

  Path stem(String stem) {
    return file(stem);
  }

  /// The mixture and the stems.
  List<Path> files() {
    return Stream.concat(Stream.of(MIXTURE), STEMS.stream()).map(this::file).toList();
  }

  private Path file(String part) {
    return folder.resolve(part + ".wav");
  }

  private boolean holdsAny() {
    return files().stream().anyMatch(Files::isRegularFile);
  }

  private void requireAll() {
    for (Path file : files()) {
      if (!Files.isRegularFile(file)) {
        throw new ConfigException(file, "is missing");
      }
    }
  }
}
