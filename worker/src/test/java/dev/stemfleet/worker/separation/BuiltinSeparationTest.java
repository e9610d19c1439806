package dev.stemfleet.worker.separation;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.fixture.song.Song;
import dev.stemfleet.worker.job.ResidentSegments;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.graph.BuiltinFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How good the built-in model is, on songs that it was not set up with. Prints the table that
/// `docs/reference/built-in-model.md` shows.
class BuiltinSeparationTest {
  private static final List<Long> SEEDS = LongStream.rangeClosed(1, 16).boxed().toList();
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
  private record Score(double model, double floor) {
    Score plus(Score other) {
      return new Score(model + other.model, floor + other.floor);
    }

    Score over(int count) {
      return new Score(model / count, floor / count);
    }
  }

  /// uSDR that every stem's mean reaches; what was measured less some tenths.
  private static final Map<String, Double> REACHED =
      Map.of("vocals", 5.5, "drums", 8.3, "bass", 6.3, "other", 5.0);

  /// What each step on the way to the model scores, song by song; the last step is the model.
  private static final Map<String, List<Map<String, Score>>> STEPS = new LinkedHashMap<>();

  private static final List<String> SONGS = new ArrayList<>();

  /// Every song is made once, and heard by all.
  @BeforeAll
  static void separateAllSongs(@TempDir Path folder) throws IOException {
    Map<String, byte[]> graphs = BuiltinFiles.steps();
    graphs.keySet().forEach(step -> STEPS.put(step, new ArrayList<>()));
    try (ModelCache cache = new ModelCache(new Device.Cpu(), 0, InstantSource.system())) {
      Map<String, SegmentModel> models = new LinkedHashMap<>();
      for (Map.Entry<String, byte[]> step : graphs.entrySet()) {
        Path own = Files.createTempDirectory(folder, "step");
        BuiltinFiles.write(own, step.getValue());
        ModelCatalog catalog = ModelCatalog.load(List.of(own));
        models.put(step.getKey(), new ResidentSegments(cache.get(catalog.require("builtin"))));
      }
      for (long seed : SEEDS) {
        Song song = Song.of(seed, SECONDS);
        SONGS.add(song.name());
        models.forEach((step, model) -> STEPS.get(step).add(scores(model, song)));
      }
    }
  }

  @Test
  void theMeansOfAllStemsReachWhatIsPublished() {
    List<Map<String, Score>> songs = List.copyOf(STEPS.values()).getLast();
    Map<String, Score> means = means(songs);
    List<String> rows = new ArrayList<>();
    for (int song = 0; song < SONGS.size(); song++) {
      rows.add(row(SONGS.get(song), songs.get(song)));
    }
    rows.add(row("mean", means));

    assertPublished(rows);
    REACHED.forEach(
        (stem, least) ->
            assertThat(means.get(stem))
                .as("uSDR of %s", stem)
                .extracting(Score::model, as(DOUBLE))
                .isGreaterThan(least));
  }

  @Test
  void everyStepIsBetterThanTheOneBefore() {
    List<String> rows = new ArrayList<>();
    double before = 0;
    for (Map.Entry<String, List<Map<String, Score>>> step : STEPS.entrySet()) {
      Map<String, Score> means = means(step.getValue());

      rows.add(row(step.getKey(), means));
      double mean = means.values().stream().mapToDouble(Score::model).average().orElse(Double.NaN);
      assertThat(mean).as(step.getKey()).isGreaterThan(before + 0.1);
      before = mean;
    }
    assertPublished(rows);
  }

  private static Map<String, Score> means(List<Map<String, Score>> songs) {
    Map<String, Score> sums = new LinkedHashMap<>();
    songs.forEach(scores -> scores.forEach((stem, score) -> sums.merge(stem, score, Score::plus)));
    Map<String, Score> means = new LinkedHashMap<>();
    sums.forEach((stem, sum) -> means.put(stem, sum.over(songs.size())));
    return means;
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

  private static String row(String what, Map<String, Score> scores) {
    StringBuilder row = new StringBuilder("| " + what);
    scores.forEach(
        (stem, score) ->
            row.append(String.format(Locale.ROOT, " | %.2f / %.2f", score.model(), score.floor())));
    return row.append(" |").toString();
  }

  /// Prints rows and looks them up on the page; processors may round the last digit differently.
  private static void assertPublished(List<String> rows) {
    rows.forEach(System.out::println);
    for (String row : rows) {
      int end = row.indexOf(" | ");
      assertThat(numbers(published(row.substring(0, end + 3))))
          .as(row)
          .usingElementComparator((a, b) -> Math.abs(a - b) < 0.1 ? 0 : Double.compare(a, b))
          .containsExactlyElementsOf(numbers(row.substring(end)));
    }
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
