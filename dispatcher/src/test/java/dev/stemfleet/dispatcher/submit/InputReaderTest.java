package dev.stemfleet.dispatcher.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InputReaderTest {
  @TempDir Path folder;

  @Test
  void aFolderGivesItsSoundFilesSortedAndNothingElse() throws IOException {
    files("set/b.mp3", "set/a.FLAC", "set/sub/c.wav", "set/cover.jpg", "set/._b.mp3");
    files("set/.trash/d.mp3", "set/notes.txt");

    assertThat(paths(read("set"))).containsExactly("set/a.FLAC", "set/b.mp3", "set/sub/c.wav");
  }

  @Test
  void aFolderThatLinksToItselfIsReadOnce() throws IOException {
    files("set/a.mp3");
    Files.createSymbolicLink(folder.resolve("set/again"), folder.resolve("set"));

    assertThat(paths(read("set"))).containsExactly("set/a.mp3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set/*.mp3       | set/a.mp3 set/b.mp3
          set/?.mp3       | set/a.mp3 set/b.mp3
          set/[b-c].*     | set/b.mp3
          set/**/*.mp3    | set/a.mp3 set/b.mp3 set/sub/c.mp3
          set/{a,x}.mp3   | set/a.mp3
          s*              | set/a.mp3 set/b.mp3 set/sub/c.mp3
          ./set/../set/a* | set/a.mp3
          """)
  void aPatternGivesWhatMatchesSorted(String pattern, String expected) throws IOException {
    files("set/b.mp3", "set/a.mp3", "set/a.jpg", "set/sub/c.mp3", "other/a.mp3");

    assertThat(paths(read(pattern))).containsExactly(expected.split(" ", -1));
  }

  @Test
  void aFileWhoseNameLooksLikeAPatternIsThatFile() throws IOException {
    files("[a].mp3", "a.mp3");

    assertThat(paths(read("[a].mp3"))).containsExactly("[a].mp3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "*.mp3", "set/**/*.ogg", "gone/*.mp3", "list.m3u", "jobs.yaml"})
  void whereNothingIsFoundThereIsAnErrorThatNamesIt(String input) throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    files("set/a.mp3");
    Files.writeString(folder.resolve("list.m3u"), "#EXTM3U\n# nothing\n");
    Files.writeString(folder.resolve("jobs.yaml"), "tracks: []\n");

    assertThatThrownBy(() -> read(input))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining(input);
  }

  @Test
  void aFileThatDoesNotExistIsLeftToBeRefusedOnItsOwn() {
    assertThat(paths(read("gone.mp3"))).containsExactly("gone.mp3");
  }

  @Test
  void aPlaylistIsRelativeToItselfAndSuggestsTitles() throws IOException {
    files("lists/one.mp3", "two.mp3", "sub/three.mp3");
    String playlist =
        """
        #EXTM3U
        #EXTINF:123,An Artist - One \ud83d\udd25
        one.mp3

        # a comment
        ../two.mp3
        #EXTINF:-1,Three
        ..\\sub\\three.mp3
        http://example.org/four.mp3
        """;
    Files.writeString(folder.resolve("lists/set.m3u8"), "\ufeff" + playlist.replace("\n", "\r\n"));

    List<TrackEntry> tracks = read("lists/set.m3u8").tracks();

    assertThat(paths(tracks.subList(0, 3)))
        .containsExactly("lists/one.mp3", "two.mp3", "sub/three.mp3");
    assertThat(tracks.get(3).place()).isInstanceOf(TrackEntry.OnWeb.class);
    assertThat(tracks)
        .extracting(t -> t.fallback().title())
        .containsExactly("One \ud83d\udd25", null, "Three", null);
    assertThat(tracks.get(0).fallback().artist()).isEqualTo("An Artist");
    assertThat(tracks.get(1).input()).contains("set.m3u8:6", "two.mp3");
  }

  @Test
  void anOldPlaylistIsReadAsWindowsWroteIt() throws IOException {
    Files.write(
        folder.resolve("old.m3u"), "Caf\u00e9.mp3\n".getBytes(Charset.forName("windows-1252")));

    assertThat(paths(read("old.m3u"))).containsExactly("Caf\u00e9.mp3");
  }

  @Test
  void aJobFileSaysEverything() throws IOException {
    files("jobs/songs/one.mp3");
    Files.writeString(
        folder.resolve("jobs/friday.yaml"),
        """
        batch: friday
        channels: [main, tik tok]
        stems: [drums]
        products: [video, audio]
        model: builtin
        publish: {start: 2026-05-01T18:00, every: 1d, zone: Europe/Berlin}
        tracks:
          - source: songs/one.mp3
            id: one
            title: 1999
            artist: An Artist
            bpm: 124
            key: Am
            genre: House
            thumbnail: one.png
            trim: {startSeconds: 1.5, endSeconds: 9}
          - source: file://music/two.mp3
        """);

    Inputs inputs = read("jobs/friday.yaml");

    assertThat(inputs.fields())
        .isEqualTo(
            new JobFields(
                "friday",
                List.of("main", "tik tok"),
                List.of("drums"),
                List.of("video", "audio"),
                "builtin",
                "2026-05-01T18:00",
                "1d",
                "Europe/Berlin"));
    assertThat(inputs.tracks().getFirst().fields())
        .isEqualTo(
            new TrackFields(
                "one",
                "1999",
                "An Artist",
                124.0,
                "Am",
                "House",
                folder.resolve("jobs/one.png"),
                new Trim(1.5, 9.0),
                null));
    assertThat(paths(inputs)).containsExactly("jobs/songs/one.mp3", "roots/music/two.mp3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tracks: [{source: a.mp3, titel: x}]              | tracks[0].titel: is no known field
          tracks: [{source: a.mp3}, {title: x}]            | tracks[1].source: is missing
          tracks: [{source: a.mp3, bpm: fast}]             | tracks[0].bpm: must be a number
          tracks: [{source: a.mp3, bpm: '124'}]            | tracks[0].bpm: must be a number
          tracks: [{source: a.mp3, bpm: 0}]                | tracks[0]: bpm: must be above 0
          tracks: [{source: a.mp3, bpm: -1}]               | tracks[0]: bpm: must be above 0
          tracks: [{source: a.mp3, bpm: 400.5}]            | tracks[0]: bpm: must be above 0
          tracks: [{source: a.mp3, bpm: .nan}]             | tracks[0].bpm: Malformed
          tracks: [{source: a.mp3, id: 'a/b'}]             | tracks[0]: id: 'a/b'
          tracks: [{source: ''}]                           | tracks[0]: source
          tracks: [{source: a.mp3, trim: {endSeconds: 0}}] | tracks[0].trim
          tracks: [{source: a.mp3, trim: {start: 0}}]      | tracks[0].trim.start: is no known
          chanels: [main]                                  | chanels: is no known field
          channels: main                                   | channels: must be a list
          publish: {begin: x}                              | publish.begin: is no known field
          tracks: a.mp3                                    | tracks: must be a list
          """)
  void aWrongFieldOfAJobFileIsNamedWithItsPath(String yaml, String expected) throws IOException {
    String tracks = yaml.startsWith("tracks") ? "" : "\ntracks: [{source: a.mp3}]";
    Files.writeString(folder.resolve("job.yaml"), yaml + tracks);

    assertThatThrownBy(() -> read("job.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("job.yaml: " + expected)
        .message()
        .doesNotContain("\n", "dev.stemfleet", "java.");
  }

  @Test
  void jobFilesThatNameDifferentJobsAreDifferentBatches() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "batch: a\ntracks: [{source: a.mp3}]");
    Files.writeString(folder.resolve("b.yaml"), "job: b\ntracks: [{source: b.mp3}]");
    Files.writeString(
        folder.resolve("c.yaml"), "job: {name: b, run_label: two}\ninput: {text_file: c.txt}");

    List<Inputs> jobs = readAll("a.yaml", "b.yaml", "c.yaml", "d.mp3");

    assertThat(jobs)
        .extracting(one -> one.fields().batch())
        .containsExactly("a", "b", "b-two", null);
    assertThat(jobs).extracting(this::paths).allMatch(paths -> paths.size() == 1);
  }

  @Test
  void jobFilesThatSayDifferentThingsOfTheSameJobAreRefused() throws IOException {
    Files.writeString(
        folder.resolve("a.yaml"), "batch: a\nchannels: [x]\ntracks: [{source: a.mp3}]");
    Files.writeString(folder.resolve("b.yaml"), "job: a\nchannels: [y]\ntracks: [{source: b.mp3}]");

    assertThatThrownBy(() -> read("a.yaml", "b.yaml"))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("b.yaml");
  }

  @Test
  void jsonLinesComeFromStandardInput() {
    String lines =
        """
        {"source":"a.mp3","bpm":124,"title":"\u0634\u0643\u0631\u0627"}

        {"source":"https://example.org/b.mp3","sha256":"%s"}
        """
            .formatted("ab".repeat(32));

    Inputs inputs = readInput(lines, "-");

    assertThat(inputs.tracks()).hasSize(2);
    assertThat(inputs.tracks().getFirst().fields().bpm()).isEqualTo(124);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"source":"a.mp3","bp":1}      | bp: is no known field
          {"source":"a.mp3","bpm":"124"} | bpm: must be a number
          {"source":"a.mp3"              | Unexpected end
          null                           | is no track
          [1]                            | must be a group of fields
          """)
  void aWrongLineOfJsonIsNamed(String line, String expected) {
    assertThatThrownBy(() -> readInput("{\"source\":\"ok.mp3\"}\n" + line, "-"))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("standard input: line 2: " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "https:///x.mp3", "file://nowhere/a.mp3", "file://music/../x"})
  void anAddressThatNamesNoPlaceIsAnError(String address) {
    assertThatThrownBy(() -> read(address)).isInstanceOf(RequestException.class);
  }

  private Inputs read(String... arguments) {
    return readInput("", arguments);
  }

  private Inputs readInput(String input, String... arguments) {
    return readAll(input.getBytes(StandardCharsets.UTF_8), arguments).getFirst();
  }

  private List<Inputs> readAll(String... arguments) {
    return readAll(new byte[0], arguments);
  }

  private List<Inputs> readAll(byte[] input, String... arguments) {
    return new InputReader(
            folder, Map.of("music", folder.resolve("roots/music")), new ByteArrayInputStream(input))
        .read(List.of(arguments));
  }

  private List<String> paths(Inputs inputs) {
    return paths(inputs.tracks());
  }

  private List<String> paths(List<TrackEntry> tracks) {
    return tracks.stream()
        .map(track -> ((TrackEntry.LocalFile) track.place()).path())
        .map(path -> folder.relativize(path).toString())
        .toList();
  }

  private void files(String... names) {
    Arrays.stream(names)
        .map(folder::resolve)
        .forEach(
            file -> {
              try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, "not really sound");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
