package dev.stemfleet.worker.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stemfleet.worker.separation.Sdr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/// What came of all songs.
///
/// @param model its id
/// @param stems that are compared, in the order of everything that is printed
/// @param leftOut the model's stems that no file holds the truth of
/// @param songs at least one
record Evaluation(String model, List<String> stems, List<String> leftOut, List<SongScores> songs) {
  /// More says only how floats are rounded.
  private static final double MOST_SUM_DECIBELS = 200;

  Evaluation {
    stems = List.copyOf(stems);
    leftOut = List.copyOf(leftOut);
    songs = List.copyOf(songs);
  }

  /// The scores of a stem over all songs in which it sounds: means, and the median of cSDR. What is
  /// not finite does not count; NaN if nothing does.
  StemScores over(String stem) {
    return new StemScores(
        mean(values(stem, StemScores::usdr)),
        Sdr.median(values(stem, StemScores::csdr)),
        mean(values(stem, StemScores::sisdr)),
        mean(values(stem, StemScores::floorUsdr)),
        mean(values(stem, StemScores::irmUsdr)));
  }

  /// uSDR of a song: the mean over its stems; NaN if none sounds.
  static double songUsdr(SongScores song) {
    return mean(song.stems().values().stream().mapToDouble(StemScores::usdr));
  }

  /// Songs in which a stem is silent.
  long silentSongs(String stem) {
    return songs.stream().filter(song -> song.silentUsdr().containsKey(stem)).count();
  }

  double sumDecibels() {
    return mean(
        songs.stream()
            .mapToDouble(SongScores::sumDecibels)
            .map(sum -> Math.min(sum, MOST_SUM_DECIBELS)));
  }

  /// Seconds of music in a second of decoding and separation.
  double realTimeFactor() {
    return songs.stream().mapToDouble(SongScores::seconds).sum()
        / songs.stream().mapToDouble(SongScores::separationSeconds).sum();
  }

  /// For programs: `model`, `songs`, `stems`, `sum_db`, `real_time_factor`; null where a figure has
  /// no meaning.
  ObjectNode object() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("model", model);
    object.put("songs", songs.size());
    ObjectNode byStem = object.putObject("stems");
    for (String stem : stems) {
      StemScores scores = over(stem);
      ObjectNode figures = byStem.putObject(stem);
      put(figures, "usdr", scores.usdr());
      put(figures, "csdr", scores.csdr());
      put(figures, "sisdr", scores.sisdr());
      put(figures, "floor_usdr", scores.floorUsdr());
      put(figures, "irm_usdr", scores.irmUsdr());
      figures.put("silent_songs", silentSongs(stem));
    }
    put(object, "sum_db", sumDecibels());
    put(object, "real_time_factor", realTimeFactor());
    leftOut.forEach(object.putArray("left_out")::add);
    return object;
  }

  /// Thousandths are enough.
  private static void put(ObjectNode object, String name, double value) {
    if (Double.isFinite(value)) {
      object.put(name, Math.round(value * 1000) / 1000.0);
    } else {
      object.putNull(name);
    }
  }

  private DoubleStream values(String stem, ToDoubleFunction<StemScores> figure) {
    List<Double> values = new ArrayList<>();
    for (SongScores song : songs) {
      StemScores scores = song.stems().get(stem);
      if (scores != null) {
        values.add(figure.applyAsDouble(scores));
      }
    }
    return values.stream().mapToDouble(Double::doubleValue);
  }

  private static double mean(DoubleStream values) {
    return values.filter(Double::isFinite).average().orElse(Double.NaN);
  }
}
