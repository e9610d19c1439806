package dev.stemfleet.worker.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Scores as lines for people.
final class EvaluationText {
  private EvaluationText() {}

  /// What can be said as soon as a song is done.
  static String line(SongScores song, int number, int songs) {
    StringBuilder line = new StringBuilder("%d/%d %s:".formatted(number, songs, song.song()));
    song.stems()
        .forEach((stem, scores) -> line.append(" ").append(stem).append(decibels(scores.usdr())));
    return line.append(" dB uSDR,")
        .append(String.format(Locale.ROOT, " %.1f x real time", song.timesRealTime()))
        .toString();
  }

  static List<String> lines(Evaluation evaluation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "model %s, %d songs; dB, means over songs, cSDR their median"
            .formatted(evaluation.model(), evaluation.songs().size()));
    lines.add(row("STEM", "uSDR", "cSDR", "SI-SDR", "FLOOR", "CEILING"));
    for (String stem : evaluation.stems()) {
      StemScores scores = evaluation.over(stem);
      lines.add(
          row(
              stem,
              decibels(scores.usdr()),
              decibels(scores.csdr()),
              decibels(scores.sisdr()),
              decibels(scores.floorUsdr()),
              decibels(scores.irmUsdr())));
    }
    lines.add("FLOOR is the uSDR of a quarter of the mix, CEILING that of an ideal ratio mask.");
    String sum = decibels(evaluation.sumDecibels()).strip();
    lines.add("sum of the stems against the mix: " + sum + (sum.equals("-") ? "" : " dB"));
    lines.add(String.format(Locale.ROOT, "%.1f x real time", evaluation.realTimeFactor()));
    if (!evaluation.leftOut().isEmpty()) {
      lines.add("left out, no file holds its truth: " + String.join(", ", evaluation.leftOut()));
    }
    evaluation.songs().forEach(song -> silent(song, lines));
    return lines;
  }

  private static void silent(SongScores song, List<String> lines) {
    for (Map.Entry<String, Double> stem : song.silentUsdr().entrySet()) {
      lines.add(
          "%s: %s is silent and not in the means; uSDR%s dB, 0 would be silence"
              .formatted(song.song(), stem.getKey(), decibels(stem.getValue())));
    }
  }

  private static String row(String stem, String... columns) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-8s", stem));
    for (String column : columns) {
      row.append(String.format(Locale.ROOT, "%9s", column));
    }
    return row.toString();
  }

  private static String decibels(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, " %.2f", value) : " -";
  }
}
