package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.fixture.song.Song;
import dev.stemfleet.worker.job.ResidentSegments;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How good the built-in model is, on songs that it was not set up with. Prints the table that
/// `docs/reference/built-in-model.md` shows.
class BuiltinSeparationTest {
  private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  private static final double SECONDS = 12;
  private static final Path PAGE =
      Path.of(System.getProperty("stemfleet.home"), "docs", "reference", "built-in-model.md");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d\\d");
  private static final EnumSet<Stem> MUSIC =
      EnumSet.of(Stem.ACAPELLA, Stem.DRUMS, Stem.BASS, Stem.MELODY, Stem.INSTRUMENTAL);
  private static final Map<String, Stem> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("vocals", Stem.ACAPELLA);
    NAMES.put("drums", Stem.DRUMS);
    NAMES.put("bass", Stem.BASS);
    NAMES.put("other", Stem.MELODY);
  }

  /// Decibels of a stem: of the model and of the floor, which is a quarter of the mix.
  private record Score(double model, double floor) {}

  @Test
  void onTheMeanEveryStemIsBetterThanAQuarterOfTheMix() {
    Map<String, Double> model = new LinkedHashMap<>();
    Map<String, Double> floor = new LinkedHashMap<>();
    try (ModelCache cache = new ModelCache(new Device.Cpu(), 0, InstantSource.system())) {
      SegmentModel resident =
          new ResidentSegments(cache.get(ModelCatalog.load(List.of()).require("builtin")));
      for (long seed : SEEDS) {
        Song song = Song.of(seed, SECONDS);
        Map<String, Score> scores = scores(resident, song);
        print(song.name(), scores);
        scores.forEach(
            (stem, score) -> model.merge(stem, score.model() / SEEDS.size(), Double::sum));
        scores.forEach(
            (stem, score) -> floor.merge(stem, score.floor() / SEEDS.size(), Double::sum));
      }
    }

    Map<String, Score> means = new LinkedHashMap<>();
    NAMES.keySet().forEach(stem -> means.put(stem, new Score(model.get(stem), floor.get(stem))));
    print("mean", means);
    means.forEach(
        (stem, score) ->
            assertThat(score.model()).as("uSDR of %s", stem).isGreaterThan(score.floor() + 1));
  }

  private static Map<String, Score> scores(SegmentModel model, Song song) {
    Collected stems = new Collected();
    new Separator(Runnable::run)
        .separate(
            new ArraySource(song.mix(), 4096),
            model,
            new SeparationOrder(MUSIC, song.samples(), TrackLevel.UNIT),
            stems,
            Progress.NONE);
    assertAddsUp(song, stems);
    float[][] quarter = quarter(song.mix());
    Map<String, Score> scores = new LinkedHashMap<>();
    NAMES.forEach(
        (name, stem) -> {
          float[][] truth = song.stem(name);
          scores.put(name, new Score(Sdr.song(truth, stems.stem(stem)), Sdr.song(truth, quarter)));
        });
    return scores;
  }

  /// The four stems are the mix, and so are acapella and instrumental.
  private static void assertAddsUp(Song song, Collected stems) {
    assertThat(Sdr.consistency(song.mix(), NAMES.values().stream().map(stems::stem).toList()))
        .isGreaterThan(110);
    assertThat(
            Sdr.consistency(
                song.mix(), List.of(stems.stem(Stem.ACAPELLA), stems.stem(Stem.INSTRUMENTAL))))
        .isGreaterThan(120);
  }

  private static float[][] quarter(float[][] mix) {
    float[][] quarter = new float[2][mix[0].length];
    for (int channel = 0; channel < 2; channel++) {
      int side = channel;
      IntStream.range(0, mix[0].length).forEach(i -> quarter[side][i] = mix[side][i] / 4);
    }
    return quarter;
  }

  /// Prints a row and looks it up on the page; processors may round the last digit differently.
  private static void print(String what, Map<String, Score> scores) {
    StringBuilder line = new StringBuilder("| " + what);
    scores.forEach(
        (stem, score) ->
            line.append(
                String.format(Locale.ROOT, " | %.2f / %.2f", score.model(), score.floor())));
    System.out.println(line.append(" |"));
    assertThat(numbers(published("| " + what + " | ")))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 0.1 ? 0 : Double.compare(a, b))
        .containsExactlyElementsOf(numbers(line.substring(what.length() + 2)));
  }

  private static String published(String start) {
    try {
      return Files.readString(PAGE)
          .lines()
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()))
          .findFirst()
          .orElse("not on the page");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Double> numbers(String row) {
    return NUMBER.matcher(row).results().map(match -> Double.valueOf(match.group())).toList();
  }
}
