package dev.stemfleet.worker.model.graph;

import dev.stemfleet.worker.model.graph.BuiltinGraph.Shares;
import dev.stemfleet.worker.model.graph.OnnxGraph.Value;
import java.util.List;

/// What is heard in every bin that tells the stems apart: numbers about one or less, none of which
/// depends on how loud the mix is. L and R are swapped without changing any of them.
final class BuiltinCues {
  private static final int BINS = BuiltinGraph.BINS;
  private static final int FRAMES = BuiltinGraph.FRAMES;

  /// Half-widths of the triangles over which is averaged: in frames, and in bins.
  private static final double LONG = 12;

  private static final double SHORT = 4;
  private static final double STAGE_LONG = 5;
  private static final double STAGE_SHORT = 2;
  private static final double NEIGHBOURS = 6;
  private static final double ACROSS_BINS = 24;
  private static final double BAND_BINS = 16;

  /// Bins below 200 Hz, for kicks.
  private static final int LOW_BINS = 19;

  /// Keeps silence away from 0 / 0 and log 0; far below any sound's energy.
  private static final double TINY = 1e-7;

  private final OnnxGraph graph;
  private final Value middle;
  private final Value sides;
  private final Value energy;
  private final Value level;
  private final Value across;
  private final Value rise;
  private final Value toBands;
  private final Value fromBands;

  /// @param middle energies `[BINS, FRAMES]`
  /// @param sides the same
  BuiltinCues(OnnxGraph graph, Value middle, Value sides) {
    this.graph = graph;
    this.middle = middle;
    this.sides = sides;
    this.toBands = binsToBands();
    this.fromBands = bandsToBins();
    this.energy = graph.add(middle, sides);
    this.level = graph.apply("Log", graph.add(energy, graph.scalar(TINY)));
    this.across = acrossBins(level);
    this.rise = graph.sub(level, along(level, LONG));
  }

  /// Of every bin, `[9, BINS · FRAMES]`:
  ///
  /// - drums are alike across frequency, notes along time: how far the mean level across lies above
  ///   that along, over a long and a short time. The mean of a logarithm stands in for the median
  ///   that ONNX lacks (after D. FitzGerald 2010, Harmonic/percussive separation using median
  ///   filtering);
  /// - how much of the energy lies in the middle rather than at the sides, as −1…1 and its cube,
  ///   over a long and a short time;
  /// - how far the level lies above its mean along time, above its mean across frequency, and how
  ///   far it strays from the former.
  Value planes() {
    Value shorter = along(level, SHORT);
    Value longStage = stage(STAGE_LONG);
    Value shortStage = stage(STAGE_SHORT);
    Value strays = graph.mul(along(graph.apply("Abs", rise), LONG), 1.0 / 3);
    return graph.concat(
        0,
        flat(soft(graph.add(graph.sub(across, level), rise)), 1),
        flat(soft(graph.sub(across, shorter)), 1),
        flat(longStage, 1),
        flat(cube(longStage), 1),
        flat(shortStage, 1),
        flat(cube(shortStage), 1),
        flat(soft(rise), 1),
        flat(soft(graph.sub(level, across)), 1),
        flat(strays, 1));
  }

  /// Of every frame, `[2, FRAMES]`: how far all levels lie above their means along time, and those
  /// of the lowest bins.
  Value frames() {
    float[] weights = new float[2 * BINS];
    for (int k = 0; k < BINS; k++) {
      weights[k] = 1f / BINS;
      weights[BINS + k] = k < LOW_BINS ? 0.5f / LOW_BINS : 0;
    }
    return graph.apply("Tanh", graph.matMul(graph.floats(weights, 2, BINS), rise));
  }

  /// What vocals, drums and bass have of the energy around every bin, along time and across
  /// frequency, `[6, BINS · FRAMES]`.
  Value neighbours(Shares shares) {
    Value ofMiddle = graph.mul(shares.middle(), middle);
    Value drums = graph.add(graph.slice(ofMiddle, 0, 1, 2), graph.mul(shares.sides(), sides));
    Value three =
        graph.concat(0, graph.slice(ofMiddle, 0, 0, 1), drums, graph.slice(ofMiddle, 0, 2, 3));
    Value alongTime = ratio(along(three, NEIGHBOURS), along(energy, NEIGHBOURS));
    Value acrossBins = ratio(acrossBins(three), acrossBins(energy));
    return graph.concat(0, flat(alongTime, 3), flat(acrossBins, 3));
  }

  private Value stage(double reach) {
    Value difference = along(graph.sub(middle, sides), reach);
    return ratio(difference, along(energy, reach));
  }

  private Value ratio(Value part, Value whole) {
    return graph.div(part, graph.add(whole, graph.scalar(TINY)));
  }

  private Value cube(Value value) {
    return graph.mul(graph.mul(value, value), value);
  }

  /// Levels are natural logarithms of energy: three are 13 dB.
  private Value soft(Value levels) {
    return graph.apply("Tanh", graph.mul(levels, 1.0 / 3));
  }

  private Value flat(Value planes, int count) {
    return graph.reshape(planes, count, (long) BINS * FRAMES);
  }

  private Value along(Value planes, double reach) {
    Value apart = graph.sub(count(FRAMES, 1, FRAMES, 1), count(FRAMES, 1, 1, FRAMES));
    return graph.matMul(planes, normalised(hat(apart, reach), 0));
  }

  private Value acrossBins(Value planes) {
    return graph.matMul(fromBands, graph.matMul(toBands, planes));
  }

  /// `[bands, BINS]`, rows sum to one.
  private Value binsToBands() {
    Value apart = graph.sub(centres(bands(), 1), count(BINS, 1, 1, BINS));
    return normalised(hat(apart, ACROSS_BINS), 1);
  }

  /// `[BINS, bands]`: straight lines between the bands' centres.
  private Value bandsToBins() {
    return hat(graph.sub(count(BINS, 1, BINS, 1), centres(1, bands())), BAND_BINS);
  }

  private static int bands() {
    return (int) ((BINS - 1) / BAND_BINS) + 1;
  }

  private Value centres(long... shape) {
    return count(bands(), BAND_BINS, shape);
  }

  private Value normalised(Value weights, int axis) {
    return graph.div(weights, graph.op("ReduceSum", List.of(weights, graph.wholes(axis))));
  }

  private Value hat(Value apart, double reach) {
    Value distance = graph.mul(graph.apply("Abs", apart), 1 / reach);
    return graph.apply("Relu", graph.sub(graph.scalar(1), distance));
  }

  private Value count(int n, double step, long... shape) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (i * step);
    }
    return graph.floats(values, shape);
  }
}
