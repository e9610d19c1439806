package dev.stemfleet.worker.model.graph;

import dev.stemfleet.worker.model.graph.OnnxGraph.Value;
import java.util.List;

/// The built-in separator as an ONNX file: a demonstration by signal processing, without weights.
///
/// Every time-frequency bin is shared out among vocals, drums and bass, by how percussive it is,
/// how much it lies in the middle and how low it is; other is what the three leave of the mix, so
/// the stems sum to it. Shares are pulled towards a quarter, which costs contrast and gains SDR.
public final class BuiltinGraph {
  static int FRAME = 4096;
  static int HOP = 1024;
  static int FRAMES = 256;
  static int SAMPLE_RATE_HZ = 44_100;

  static double TIME_REACH = 14;
  static double BAND_STEP = 16;
  static double BAND_REACH = 32;
  static double SHARP = 1.0;
  static double BASS_CORNER = 220;
  static double PULL = 0.75;
  static double CENTRE_SHARP = 6;
  static double CENTRE_AT = 0.7;
  static double CENTRE_REACH = 3;
  static double P_OFF = 0;

  private final OnnxGraph graph = new OnnxGraph();
  private final Fourier fourier = new Fourier(graph, FRAME, HOP, FRAMES);
  private final int bins = FRAME / 2 + 1;

  /// The file's bytes; always the same.
  public static byte[] toBytes() {
    return new BuiltinGraph().build();
  }

  static int samples() {
    return (FRAMES - FRAME / HOP + 1) * HOP;
  }

  private byte[] build() {
    int samples = fourier.samples();
    Value mix = graph.input("mix", 1, 2, samples);
    Value spectrum = fourier.forward(mix);
    Value masks = fourier.spread(masks(spectrum), 3);
    Value three = fourier.inverse(graph.mul(masks, spectrum), 3);
    Value sum = graph.op("ReduceSum", List.of(three, graph.wholes(0)));
    Value other = graph.sub(mix, sum);
    Value stems = graph.concat(0, three, other);
    graph.output("stems", graph.reshape(stems, 1, 4, 2, samples), 1, 4, 2, samples);
    return graph.toBytes("Stemfleet's built-in separator: a demonstration by signal processing");
  }

  /// `[3, bins, frames]`: vocals, drums, bass.
  private Value masks(Value spectrum) {
    Value zr = fourier.bins(spectrum, false, 0);
    Value zi = fourier.bins(spectrum, false, 1);
    Value yr = fourier.bins(spectrum, true, 0);
    Value yi = fourier.bins(spectrum, true, 1);
    Value energy =
        graph.add(
            graph.add(graph.mul(zr, zr), graph.mul(zi, zi)),
            graph.add(graph.mul(yr, yr), graph.mul(yi, yi)));
    Value cross = graph.mul(graph.add(graph.mul(zr, yi), graph.mul(zi, yr)), 2);
    Value percussive = percussive(energy);
    Value harmonic = graph.sub(graph.scalar(1), percussive);
    Value centre = centre(energy, cross);
    Value low = curve(hz -> 1 / (1 + Math.pow(hz / BASS_CORNER, 6)));
    Value voice =
        curve(hz -> (1 - 1 / (1 + Math.pow(hz / BASS_CORNER, 6))) / (1 + Math.pow(hz / 9000, 6)));
    Value vocals = graph.mul(graph.mul(harmonic, centre), voice);
    Value bass = graph.mul(harmonic, low);
    Value all =
        graph.concat(
            0,
            graph.reshape(vocals, 1, bins, FRAMES),
            graph.reshape(percussive, 1, bins, FRAMES),
            graph.reshape(bass, 1, bins, FRAMES));
    return graph.add(graph.mul(all, PULL), graph.scalar((1 - PULL) / 4));
  }

  private Value percussive(Value energy) {
    Value level = graph.apply("Log", graph.add(energy, graph.scalar(1e-7)));
    Value along = graph.matMul(level, smoothing(FRAMES, TIME_REACH));
    int bands = (int) ((bins - 1) / BAND_STEP) + 1;
    Value across = graph.matMul(spreadBands(bands), graph.matMul(gatherBands(bands), level));
    Value lead = graph.add(graph.sub(across, along), graph.scalar(P_OFF));
    return graph.apply("Sigmoid", graph.mul(lead, SHARP));
  }

  private Value centre(Value energy, Value cross) {
    Value near = smoothing(FRAMES, CENTRE_REACH);
    Value e = graph.add(graph.matMul(energy, near), graph.scalar(1e-7));
    Value c = graph.div(graph.matMul(cross, near), e);
    return graph.apply("Sigmoid", graph.mul(graph.sub(c, graph.scalar(CENTRE_AT)), CENTRE_SHARP));
  }

  /// `[n, n]`, columns sum to one: a triangle that reaches `reach` to both sides.
  private Value smoothing(int n, double reach) {
    Value d = graph.apply("Abs", graph.sub(count(n, n, 1), count(n, 1, n)));
    Value hat = hat(d, reach);
    return graph.div(hat, graph.op("ReduceSum", List.of(hat, graph.wholes(0))));
  }

  private Value gatherBands(int bands) {
    Value d = distance(graph.mul(count(bands, bands, 1), BAND_STEP), count(bins, 1, bins));
    Value hat = hat(d, BAND_REACH);
    return graph.div(hat, graph.op("ReduceSum", List.of(hat, graph.wholes(1))));
  }

  private Value spreadBands(int bands) {
    return hat(
        distance(count(bins, bins, 1), graph.mul(count(bands, 1, bands), BAND_STEP)), BAND_STEP);
  }

  private Value distance(Value a, Value b) {
    return graph.apply("Abs", graph.sub(a, b));
  }

  private Value hat(Value distance, double reach) {
    return graph.apply("Relu", graph.sub(graph.scalar(1), graph.mul(distance, 1 / reach)));
  }

  private Value count(int n, long... shape) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i;
    }
    return graph.floats(values, shape);
  }

  private Value curve(java.util.function.DoubleUnaryOperator ofHz) {
    float[] values = new float[bins];
    for (int k = 0; k < bins; k++) {
      values[k] = (float) ofHz.applyAsDouble((double) k * SAMPLE_RATE_HZ / FRAME);
    }
    return graph.floats(values, bins, 1);
  }
}
