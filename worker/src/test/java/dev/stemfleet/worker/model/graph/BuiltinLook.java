package dev.stemfleet.worker.model.graph;

import dev.stemfleet.worker.model.graph.OnnxGraph.Value;
import java.util.List;

/// How the cues of a bin are weighed: a column each for vocals, drums and bass in the middle and
/// for drums at the sides, a row a cue in the order of [BuiltinCues], then the curve over
/// frequency, straight lines between its knots on a logarithmic scale.
///
/// The numbers make the energy of the stems' errors least (gradient descent on its logarithm) on
/// the songs of seeds 101 to 124, three of each style; the published figures come from others.
/// Found by `worker/src/test/python/fit_builtin_model.py`.
///
/// @param rows of four; planes, then frames, then knots
record BuiltinLook(List<float[]> rows) {
  static final int ROWS = 4;

  private static final int FRAME_CUES = 2;
  private static final double[] KNOTS_HZ = {
    40, 80, 130, 200, 320, 600, 1200, 2500, 5000, 10_000, 18_000
  };

  /// By percussion and place only.
  static final BuiltinLook SIMPLE =
      parse(
          """
          across over along, long               0.74    3.55    0.02    1.52
          across over along, short              0.00    0.00    0.00    0.00
          middle, long                         -0.04    0.38   -0.36    0.11
          middle, long, cubed                   3.69    3.01    3.07    2.57
          middle, short                         0.00    0.00    0.00    0.00
          middle, short, cubed                  0.00    0.00    0.00    0.00
          above its mean along time             1.58    2.49    0.02   -0.68
          above its mean across frequency       0.00    0.00    0.00    0.00
          strays along time                     0.00    0.00    0.00    0.00
          frame above its mean                  0.00    0.00    0.00    0.00
          lowest bins above their mean          0.00    0.00    0.00    0.00
          40 Hz                                -1.10    4.10   -0.20    0.40
          80 Hz                                -0.90    2.60    3.60    1.10
          130 Hz                               -1.20    1.40    3.70    1.00
          200 Hz                               -1.40   -1.40   -0.10   -1.80
          320 Hz                               -1.60   -4.70   -5.40   -2.50
          600 Hz                               -1.90   -4.90   -4.80   -2.30
          1200 Hz                              -2.90   -4.60   -4.90   -2.70
          2500 Hz                              -2.20   -3.80   -4.80   -2.40
          5000 Hz                              -2.30   -2.50   -4.10   -1.40
          10000 Hz                             -0.30    2.70   -1.00    0.80
          18000 Hz                             -0.60    3.10   -0.90    0.90
          """);

  /// With all cues of the mix.
  static final BuiltinLook FIRST =
      parse(
          """
          across over along, long              -0.41    1.69   -0.37    0.62
          across over along, short              1.29    1.76    0.70    0.59
          middle, long                         -0.11    0.38   -0.26   -0.39
          middle, long, cubed                   2.70    2.44    2.31    2.18
          middle, short                        -0.87   -0.10   -0.73   -0.22
          middle, short, cubed                  1.91    1.89    1.79    1.08
          above its mean along time             1.24    2.80   -0.94    0.03
          above its mean across frequency      -1.54   -2.07   -1.85   -0.82
          strays along time                     1.59    0.29    3.08   -0.31
          frame above its mean                 -0.30   -0.01   -0.09   -0.23
          lowest bins above their mean         -0.24   -0.05   -0.59   -0.33
          40 Hz                                -0.90    4.10   -0.20    0.60
          80 Hz                                -0.60    2.60    3.80    1.50
          130 Hz                               -1.00    1.30    3.40    1.50
          200 Hz                                0.20   -0.30    1.10   -1.30
          320 Hz                               -0.40   -4.20   -4.60   -2.20
          600 Hz                               -0.70   -4.40   -4.20   -1.80
          1200 Hz                              -1.70   -4.10   -4.30   -2.20
          2500 Hz                              -1.20   -3.40   -4.30   -2.00
          5000 Hz                              -2.10   -3.00   -4.70   -1.00
          10000 Hz                             -0.60    2.30   -1.60    1.10
          18000 Hz                             -0.80    2.90   -1.30    1.20
          """);

  /// With the shares of the first look around every bin as well.
  static final BuiltinLook SECOND =
      parse(
          """
          across over along, long              -0.98    0.45    0.09    0.65
          across over along, short              0.58    0.84    0.54    0.59
          middle, long                         -0.57   -0.11   -0.05   -0.10
          middle, long, cubed                   1.79    1.45    1.68    2.38
          middle, short                        -0.98   -0.34   -0.29   -0.25
          middle, short, cubed                  1.48    1.24    1.46    1.11
          above its mean along time             0.97    1.72   -0.54    0.11
          above its mean across frequency      -1.08   -1.33   -1.25   -0.77
          strays along time                     1.03    0.35    2.06   -0.17
          vocals along time                     2.82   -0.11    0.17   -0.12
          drums along time                     -0.62    1.54   -0.22   -0.22
          bass along time                      -0.30    0.23    2.03    0.17
          vocals across frequency              -0.57   -2.52   -1.70   -1.28
          drums across frequency               -2.14    0.22   -2.60   -0.43
          bass across frequency                -2.80   -1.13    0.07   -0.22
          frame above its mean                 -0.22    0.16   -0.14   -0.27
          lowest bins above their mean         -0.06   -0.68   -0.06   -0.35
          40 Hz                                 0.00    2.50    0.80    0.50
          80 Hz                                 0.00    1.90    2.50    1.50
          130 Hz                               -0.10    1.20    2.00    1.50
          200 Hz                                0.20   -0.00   -0.10   -1.40
          320 Hz                               -1.60   -3.40   -2.60   -1.90
          600 Hz                               -1.90   -3.10   -3.10   -1.60
          1200 Hz                              -2.30   -2.90   -3.40   -2.20
          2500 Hz                              -1.50   -2.00   -3.10   -1.80
          5000 Hz                              -1.00   -1.80   -2.70   -0.90
          10000 Hz                              0.10    0.70   -0.60    1.20
          18000 Hz                             -0.20    1.50   -0.30    1.30
          """);

  static final List<BuiltinLook> BOTH = List.of(FIRST, SECOND);

  /// `[ROWS, planes]`.
  Value planeWeights(OnnxGraph graph) {
    return weights(graph, 0, cues() - FRAME_CUES);
  }

  /// `[ROWS, frames]`.
  Value frameWeights(OnnxGraph graph) {
    return weights(graph, cues() - FRAME_CUES, cues());
  }

  /// `[ROWS, BINS, 1]`.
  Value curves(OnnxGraph graph) {
    int bins = BuiltinGraph.BINS;
    float[] curves = new float[ROWS * bins];
    for (int row = 0; row < ROWS; row++) {
      for (int k = 0; k < bins; k++) {
        double hz = k * BuiltinGraph.SAMPLE_RATE_HZ / BuiltinGraph.FRAME;
        curves[row * bins + k] = (float) curve(row, hz);
      }
    }
    return graph.floats(curves, ROWS, bins, 1);
  }

  private double curve(int row, double hz) {
    int last = KNOTS_HZ.length - 1;
    int above = 0;
    while (above < last && KNOTS_HZ[above] < hz) {
      above++;
    }
    if (above == 0 || hz >= KNOTS_HZ[last]) {
      return knot(row, above);
    }
    double width = StrictMath.log(KNOTS_HZ[above] / KNOTS_HZ[above - 1]);
    double part = StrictMath.log(hz / KNOTS_HZ[above - 1]) / width;
    return (1 - part) * knot(row, above - 1) + part * knot(row, above);
  }

  private double knot(int row, int knot) {
    return rows.get(cues() + knot)[row];
  }

  /// Rows before the knots.
  private int cues() {
    return rows.size() - KNOTS_HZ.length;
  }

  private Value weights(OnnxGraph graph, int from, int to) {
    float[] weights = new float[ROWS * (to - from)];
    for (int row = 0; row < ROWS; row++) {
      for (int cue = from; cue < to; cue++) {
        weights[row * (to - from) + cue - from] = rows.get(cue)[row];
      }
    }
    return graph.floats(weights, ROWS, to - from);
  }

  private static BuiltinLook parse(String table) {
    return new BuiltinLook(table.lines().map(BuiltinLook::row).toList());
  }

  /// The last four words of a line.
  private static float[] row(String line) {
    String[] words = line.strip().split("\\s+", -1);
    float[] row = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      row[i] = Float.parseFloat(words[words.length - ROWS + i]);
    }
    return row;
  }
}
