package dev.stemfleet.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.fixture.song.Song;
import dev.stemfleet.fixture.song.SongFolders;
import dev.stemfleet.worker.model.graph.BuiltinFiles;
import dev.stemfleet.worker.model.graph.StubGraphs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The command from song folders to scores, with networks whose answers are known.
class EvaluateCommandTest {
  private static final int SEGMENT = 30_000;

  @TempDir private Path folder;
  private Path songs;

  @BeforeEach
  void folders() throws IOException {
    songs = Files.createDirectory(folder.resolve("songs"));
  }

  @Test
  void aQuarterOfTheMixScoresWhatTheFloorScores() throws IOException {
    SongFolders.write(songs, Song.of(1, 2.5));
    SongFolders.write(songs, Song.of(2, 2.5));
    model("quarters", "[drums, bass, other, vocals]", 0.25f, 0.25f, 0.25f, 0.25f);

    JsonNode found = json("quarters");

    assertThat(found.get("model").asText()).isEqualTo("quarters");
    assertThat(found.get("songs").asInt()).isEqualTo(2);
    assertThat(found.get("sum_db").asDouble()).isGreaterThan(120);
    assertThat(found.get("real_time_factor").asDouble()).isPositive();
    assertThat(found.get("stems").properties())
        .extracting(stem -> stem.getKey())
        .containsExactly("vocals", "drums", "bass", "other");
    for (JsonNode stem : found.get("stems")) {
      double floor = stem.get("floor_usdr").asDouble();
      assertThat(stem.get("usdr").asDouble()).isCloseTo(floor, within(0.001));
      assertThat(stem.get("irm_usdr").asDouble()).isGreaterThan(floor + 3);
      assertThat(stem.get("csdr").isNumber()).isTrue();
      assertThat(stem.get("sisdr").isNumber()).isTrue();
    }
  }

  @Test
  void theTextAndThePlotShowEveryStem() throws IOException {
    SongFolders.write(songs, Song.of(3, 1.5));
    model("six", "[drums, bass, other, vocals, guitar, piano]", 0, 0, 0.5f, 0.25f, 0.25f, 0);

    String text = run("six");

    assertThat(text.lines())
        .anyMatch(line -> line.startsWith("vocals"))
        .anyMatch(line -> line.startsWith("other"))
        .anyMatch(line -> line.startsWith("sum of the stems against the mix: "))
        .anyMatch(line -> line.endsWith(" x real time"))
        .noneMatch(line -> line.startsWith("left out"));
    BufferedImage plot = ImageIO.read(folder.resolve("out/six-sdr.png").toFile());
    assertThat(plot.getWidth()).isEqualTo(1280);
  }

  @Test
  void silentStemsAreReportedApart() throws IOException {
    TestSound voice = TestSound.bursts(1.5, 1);
    TestSound silence = TestSound.silence(1.5);
    song("duet", voice, List.of(voice, silence, silence, silence));
    model("voice", "[vocals, instrumental]", 0.9f, 0.1f);
    model("quarters", "[drums, bass, other, vocals]", 0.25f, 0.25f, 0.25f, 0.25f);

    assertThat(run("voice")).contains("left out, no file holds its truth: instrumental");
    JsonNode vocals = json("voice").get("stems").get("vocals");
    assertThat(vocals.get("usdr").asDouble()).isCloseTo(20, within(0.01));
    JsonNode drums = json("quarters").get("stems").get("drums");
    assertThat(drums.get("usdr").isNull()).isTrue();
    assertThat(drums.get("silent_songs").asInt()).isEqualTo(1);
    assertThat(run("quarters")).contains("duet: drums is silent and not in the means");
  }

  @Test
  void otherRatesAndMonoAreTakenAsWorkersTakeThem() throws IOException {
    TestSound sound = TestSound.bursts(2, 5);
    song("odd", sound, List.of(sound, sound, sound, sound));
    Path file = songs.resolve("odd/vocals.wav");
    Path other = folder.resolve("other.wav");
    FfmpegProgram.ffmpeg().run("-v", "error", "-i", file, "-ar", 22_050, "-ac", 1, other);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

    assertThat(SongSound.notes(new SongFolder(songs.resolve("odd"))))
        .containsExactly(
            file + ": 22050 Hz, resampled to 44100 Hz", file + ": mono, on both sides");
    SongSound.requireEqualLengths(new SongFolder(songs.resolve("odd")));
  }

  @Test
  void aStemOfAnotherLengthIsNamed() throws IOException {
    TestSound sound = TestSound.bursts(1.5, 5);
    song("odd", sound, List.of(sound, sound, sound, sound));
    TestSound.bursts(1.4, 5).writeWav(songs.resolve("odd/bass.wav"));
    model("quarters", "[drums, bass, other, vocals]", 0.25f, 0.25f, 0.25f, 0.25f);

    assertThatThrownBy(() -> run("quarters"))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith(
            "odd/bass.wav: has 61740 samples (1.40 s), mixture.wav 66150 (1.50 s)");
  }

  @Test
  void aFolderWithoutSongsAndASongWithoutAFileAreNamed() throws IOException {
    assertThatThrownBy(() -> SongFolder.in(songs))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("songs: holds no songs");

    Files.createDirectory(songs.resolve("notes"));
    SongFolders.write(songs, Song.of(1, 0.5));
    assertThat(SongFolder.in(songs)).hasSize(1);

    Files.delete(SongFolder.in(songs).getFirst().stem("drums"));
    assertThatThrownBy(() -> SongFolder.in(songs))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("drums.wav: is missing");
  }

  private void song(String name, TestSound mix, List<TestSound> stems) throws IOException {
    Path song = Files.createDirectory(songs.resolve(name));
    mix.writeWav(song.resolve("mixture.wav"));
    for (int i = 0; i < stems.size(); i++) {
      stems.get(i).writeWav(song.resolve(SongFolder.STEMS.get(i) + ".wav"));
    }
  }

  /// A network that gives every stem a part of the mix.
  private void model(String id, String stems, float... gains) throws IOException {
    byte[] graph = StubGraphs.gains(SEGMENT, gains);
    Files.write(folder.resolve(id + ".onnx"), graph);
    Files.writeString(
        folder.resolve(id + ".yaml"),
        """
        id: %s
        revision: 1
        layout:
          kind: waveform
        files:
          - path: %s.onnx
            sha256: %s
            bytes: %d
        stems: %s
        sound:
          sampleRateHz: 44100
          channels: 2
        segments:
          samples: %d
          strideSamples: %d
          window: fade
        trackNormalisation: none
        licence: none
        source: made by a test
        """
            .formatted(
                id, id, BuiltinFiles.sha256(graph), graph.length, stems, SEGMENT, SEGMENT - 3000));
  }

  private JsonNode json(String model) throws IOException {
    return Json.lenient().readTree(run(model, "--json").lines().toList().getLast());
  }

  /// What it prints; what it throws is thrown.
  private String run(String model, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--model", model));
    arguments.addAll(List.of("--models", folder.toString(), "--songs", songs.toString()));
    arguments.addAll(List.of("--out", folder.resolve("out").toString()));
    arguments.addAll(List.of(more));
    PrintStream screen = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      CommandLine command = new CommandLine(new EvaluateCommand());
      command.parseArgs(arguments.toArray(String[]::new));
      assertThat(((EvaluateCommand) command.getCommand()).call()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.setOut(screen);
    }
    return said.toString(StandardCharsets.UTF_8);
  }
}
