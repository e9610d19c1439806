package dev.stemfleet.worker.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What one setting of the coder did to all sounds, in few figures.
final class CoderFigures {
  private CoderFigures() {}

  /// One sound.
  ///
  /// @param stock what the stock setting makes of the same sound
  record Row(double bitsPerSecond, double carefulShare, CoderQuality quality, CoderQuality stock) {}

  /// By the end of the figure's name. Means are those of all sounds; `worst_nmr_db` is that of the
  /// worst sound; a `rise` or `loss` is the greatest of any sound against the stock setting.
  static Map<String, Double> of(List<Row> rows) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("_kbits_per_second", mean(rows, row -> row.bitsPerSecond() / 1000));
    figures.put("_careful_share", mean(rows, Row::carefulShare));
    figures.put("_mean_nmr_db", mean(rows, row -> row.quality().meanNmrDb()));
    figures.put("_worst_nmr_db", highest(rows, row -> row.quality().worstNmrDb()));
    figures.put("_snr_db", mean(rows, row -> row.quality().snrDb()));
    figures.put(
        "_mean_nmr_rise_db",
        highest(rows, row -> row.quality().meanNmrDb() - row.stock().meanNmrDb()));
    figures.put(
        "_worst_nmr_rise_db",
        highest(rows, row -> row.quality().worstNmrDb() - row.stock().worstNmrDb()));
    figures.put("_snr_loss_db", highest(rows, row -> row.stock().snrDb() - row.quality().snrDb()));
    return figures;
  }

  private static double mean(List<Row> rows, ToDoubleFunction<Row> value) {
    return rows.stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  private static double highest(List<Row> rows, ToDoubleFunction<Row> value) {
    return rows.stream().mapToDouble(value).max().orElse(Double.NaN);
  }
}
