package dev.stemfleet.worker.model.graph;

import dev.stemfleet.worker.model.graph.OnnxGraph.Value;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// The built-in separator as an ONNX file: a demonstration by signal processing, without weights.
///
/// Every bin of a short-time spectrum is shared out among vocals, drums and bass, by how percussive
/// it is, how much it lies in the middle and how low it is; other is what the three leave of the
/// mix, so that the stems sum to it. Shares are pulled towards a quarter, which costs contrast and
/// gains SDR. The numbers below were chosen on the songs of seeds 101 to 112, the published figures
/// come from others.
public final class BuiltinGraph {
  public static final int FRAME = 4096;
  public static final int HOP = 2048;
  public static final int FRAMES = 128;

  private static final int BINS = FRAME / 2 + 1;
  private static final double SAMPLE_RATE_HZ = 44_100;

  /// Half-widths of the triangles over which levels are averaged, in frames and in bins.
  private static final double ALONG_FRAMES = 12;

  private static final double ACROSS_BINS = 24;
  private static final double BAND_BINS = 16;

  /// A bin is half percussive where the level across frequency is this much (natural log of energy)
  /// below the level along time.
  private static final double PERCUSSIVE_LEAD = 0.8;

  /// Similarity of left and right at which a bin is half in the middle, how steeply that changes,
  /// and half-width in frames of the triangle over which it is taken.
  private static final double CENTRE_AT = 0.78;

  private static final double CENTRE_STEEPNESS = 12;
  private static final double CENTRE_FRAMES = 5;

  private static final double BASS_CORNER_HZ = 210;
  private static final double VOICE_CORNER_HZ = 9000;

  /// How much of the difference from a quarter is kept.
  private static final double PULL = 0.8;

  /// Keeps silence away from 0 / 0 and log 0; far below any sound's energy.
  private static final double TINY = 1e-7;

  private final OnnxGraph graph = new OnnxGraph();
  private final Fourier fourier = new Fourier(graph, FRAME, HOP, FRAMES);

  private BuiltinGraph() {}

  /// The file's bytes; always the same.
  public static byte[] toBytes() {
    return new BuiltinGraph().build();
  }

  private byte[] build() {
    int samples = fourier.samples();
    Value mix = graph.input("mix", 1, 2, samples);
    Value spectrum = fourier.forward(mix);
    Value shares = fourier.spread(shares(spectrum), 3);
    Value three = fourier.inverse(graph.mul(shares, spectrum), 3);
    Value sum = graph.op("ReduceSum", List.of(three, graph.wholes(0)));
    Value stems = graph.concat(0, three, graph.sub(mix, sum));
    graph.output("stems", graph.reshape(stems, 1, 4, 2, samples), 1, 4, 2, samples);
    return graph.toBytes("Stemfleet's built-in separator: a demonstration by signal processing");
  }

  /// `[3, BINS, FRAMES]`: what of each bin goes to vocals, drums and bass; never more than all of
  /// it.
  ///
  /// With Z the spectrum of left + i·right and Y its bin at the negative frequency, |Z|² + |Y|² =
  /// 2(|L|² + |R|²) and Im(Z·Y) = 2·Re(L·R*).
  private Value shares(Value spectrum) {
    Value zr = fourier.bins(spectrum, false, 0);
    Value zi = fourier.bins(spectrum, false, 1);
    Value yr = fourier.bins(spectrum, true, 0);
    Value yi = fourier.bins(spectrum, true, 1);
    Value energy = graph.add(squares(zr, zi), squares(yr, yi));
    Value cross = graph.mul(graph.add(graph.mul(zr, yi), graph.mul(zi, yr)), 2);

    Value percussive = percussive(energy);
    Value harmonic = graph.sub(graph.scalar(1), percussive);
    Value vocals = graph.mul(graph.mul(harmonic, centre(energy, cross)), curve(this::voice));
    Value bass = graph.mul(harmonic, curve(this::low));
    Value all = graph.concat(0, plane(vocals), plane(percussive), plane(bass));
    return graph.add(graph.mul(all, PULL), graph.scalar((1 - PULL) / 4));
  }

  /// Drums are alike across frequency, notes along time: compares the two mean levels. The mean of
  /// a logarithm stands in for the median that ONNX lacks: single peaks hardly move it.
  ///
  /// After D. FitzGerald 2010, Harmonic/percussive separation using median filtering.
  private Value percussive(Value energy) {
    Value level = graph.apply("Log", graph.add(energy, graph.scalar(TINY)));
    Value along = graph.matMul(level, timeAverage(ALONG_FRAMES));
    Value across = graph.matMul(bandsToBins(), graph.matMul(binsToBands(), level));
    Value lead = graph.add(graph.sub(across, along), graph.scalar(PERCUSSIVE_LEAD));
    return graph.apply("Sigmoid", lead);
  }

  /// 2·Re(L·R*) / (|L|² + |R|²): one where left and right are the same, zero where only one sounds.
  private Value centre(Value energy, Value cross) {
    Value near = timeAverage(CENTRE_FRAMES);
    Value sum = graph.add(graph.matMul(energy, near), graph.scalar(TINY));
    Value alike = graph.div(graph.matMul(cross, near), sum);
    Value above = graph.sub(alike, graph.scalar(CENTRE_AT));
    return graph.apply("Sigmoid", graph.mul(above, CENTRE_STEEPNESS));
  }

  private double low(double hz) {
    return 1 / (1 + StrictMath.pow(hz / BASS_CORNER_HZ, 6));
  }

  private double voice(double hz) {
    return (1 - low(hz)) / (1 + StrictMath.pow(hz / VOICE_CORNER_HZ, 6));
  }

  private Value squares(Value real, Value imaginary) {
    return graph.add(graph.mul(real, real), graph.mul(imaginary, imaginary));
  }

  private Value plane(Value value) {
    return graph.reshape(value, 1, BINS, FRAMES);
  }

  /// `[FRAMES, FRAMES]`, columns sum to one.
  private Value timeAverage(double reach) {
    Value apart = graph.sub(count(FRAMES, 1, FRAMES, 1), count(FRAMES, 1, 1, FRAMES));
    return normalised(hat(apart, reach), 0);
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

  private Value curve(DoubleUnaryOperator ofHz) {
    float[] values = new float[BINS];
    for (int k = 0; k < BINS; k++) {
      values[k] = (float) ofHz.applyAsDouble(k * SAMPLE_RATE_HZ / FRAME);
    }
    return graph.floats(values, BINS, 1);
  }
}
