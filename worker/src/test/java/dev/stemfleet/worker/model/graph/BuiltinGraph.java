package dev.stemfleet.worker.model.graph;

import dev.stemfleet.worker.model.graph.OnnxGraph.Value;
import java.util.List;

/// The built-in separator as an ONNX file: a demonstration by signal processing, without a trained
/// network.
///
/// Every bin of a short-time spectrum of the middle (left + right) is shared out among vocals,
/// drums, bass and other, and every bin of the sides (left − right) between drums and other, by
/// what [BuiltinCues] says of it. Then the shares themselves, averaged over their neighbours, are
/// cues of a second look. Vocals and bass come out in the middle; other is what the three leave of
/// the mix, so that the stems sum to it.
public final class BuiltinGraph {
  public static final int FRAME = 4096;
  public static final int HOP = 2048;
  public static final int FRAMES = 128;

  static final int BINS = FRAME / 2 + 1;
  static final double SAMPLE_RATE_HZ = 44_100;

  private final OnnxGraph graph = new OnnxGraph();
  private final Fourier fourier = new Fourier(graph, FRAME, HOP, FRAMES);
  private final List<BuiltinLook> looks;

  private BuiltinGraph(List<BuiltinLook> looks) {
    this.looks = looks;
  }

  /// Real and imaginary part, `[BINS, FRAMES]`.
  private record Half(Value real, Value imaginary) {}

  /// What of each bin goes to whom.
  ///
  /// @param middle `[3, BINS, FRAMES]`: to vocals, drums and bass
  /// @param sides `[1, BINS, FRAMES]`: to drums
  record Shares(Value middle, Value sides) {}

  /// The file's bytes; always the same.
  public static byte[] toBytes() {
    return toBytes(BuiltinLook.BOTH);
  }

  /// The same with other numbers.
  ///
  /// @param looks one or two
  public static byte[] toBytes(List<BuiltinLook> looks) {
    return new BuiltinGraph(looks).build();
  }

  private byte[] build() {
    int samples = fourier.samples();
    Value mix = graph.input("mix", 1, 2, samples);
    Value halves = graph.floats(new float[] {0.5f, 0.5f, 0.5f, -0.5f}, 2, 2);
    Value spectrum = fourier.forward(graph.matMul(halves, mix));
    Half middle = half(spectrum, true);
    Half sides = half(spectrum, false);

    BuiltinCues cues = new BuiltinCues(graph, energy(middle), energy(sides));
    Value planes = cues.planes();
    Shares shares = shares(looks.getFirst(), planes, cues.frames());
    if (looks.size() > 1) {
      planes = graph.concat(0, planes, cues.neighbours(shares));
      shares = shares(looks.get(1), planes, cues.frames());
    }

    Value three = three(shares, middle, sides);
    Value sum = graph.op("ReduceSum", List.of(three, graph.wholes(0)));
    Value stems = graph.concat(0, three, graph.sub(mix, sum));
    graph.output("stems", graph.reshape(stems, 1, 4, 2, samples), 1, 4, 2, samples);
    return graph.toBytes("Stemfleet's built-in separator: a demonstration by signal processing");
  }

  /// With Z the spectrum of middle + i·sides and Y its bin at the negative frequency, the middle's
  /// is (Z + Y*) / 2 and the sides' (Z − Y*) / 2i.
  private Half half(Value spectrum, boolean middle) {
    Value zr = fourier.bins(spectrum, false, 0);
    Value zi = fourier.bins(spectrum, false, 1);
    Value yr = fourier.bins(spectrum, true, 0);
    Value yi = fourier.bins(spectrum, true, 1);
    return middle
        ? new Half(graph.mul(graph.add(zr, yr), 0.5), graph.mul(graph.sub(zi, yi), 0.5))
        : new Half(graph.mul(graph.add(zi, yi), 0.5), graph.mul(graph.sub(yr, zr), 0.5));
  }

  private Value energy(Half half) {
    return graph.add(
        graph.mul(half.real(), half.real()), graph.mul(half.imaginary(), half.imaginary()));
  }

  /// Multinomial logistic: exp(w·cues) of each stem over their sum, other at exp(0).
  private Shares shares(BuiltinLook look, Value planes, Value frames) {
    Value ofPlanes = graph.matMul(look.planeWeights(graph), planes);
    Value ofFrames = graph.matMul(look.frameWeights(graph), frames);
    Value constant =
        graph.add(look.curves(graph), graph.reshape(ofFrames, BuiltinLook.ROWS, 1, FRAMES));
    Value evidence = graph.add(graph.reshape(ofPlanes, BuiltinLook.ROWS, BINS, FRAMES), constant);
    Value raised = graph.apply("Exp", graph.slice(evidence, 0, 0, 3));
    Value all = graph.op("ReduceSum", List.of(raised, graph.wholes(0)));
    Value middle = graph.div(raised, graph.add(all, graph.scalar(1)));
    return new Shares(middle, graph.apply("Sigmoid", graph.slice(evidence, 0, 3, 4)));
  }

  /// `[3, 2, samples]`: vocals, drums and bass. Two inverse transforms of two signals each: the
  /// drums' middle and sides, and vocals with bass.
  private Value three(Shares shares, Half middle, Half sides) {
    Half vocals = times(middle, graph.slice(shares.middle(), 0, 0, 1));
    Half drums = times(middle, graph.slice(shares.middle(), 0, 1, 2));
    Half bass = times(middle, graph.slice(shares.middle(), 0, 2, 3));
    Half drumSides = times(sides, shares.sides());
    Value pairs = graph.concat(0, pair(drums, drumSides), pair(vocals, bass));
    Value waves = graph.reshape(fourier.inverse(fourier.joined(pairs, 2), 2), 4, fourier.samples());
    float[] places = {
      0, 0, 1, 0, //
      0, 0, 1, 0, //
      1, 1, 0, 0, //
      1, -1, 0, 0, //
      0, 0, 0, 1, //
      0, 0, 0, 1
    };
    Value sounds = graph.matMul(graph.floats(places, 6, 4), waves);
    return graph.reshape(sounds, 3, 2, fourier.samples());
  }

  private Half times(Half half, Value share) {
    return new Half(graph.mul(half.real(), share), graph.mul(half.imaginary(), share));
  }

  /// U + iV at positive frequencies, U* + iV* at negative ones, as [Fourier#joined] takes them.
  private Value pair(Half u, Half v) {
    Value planes =
        graph.concat(
            1,
            graph.sub(u.real(), v.imaginary()),
            graph.add(u.imaginary(), v.real()),
            graph.add(u.real(), v.imaginary()),
            graph.sub(v.real(), u.imaginary()));
    return graph.reshape(planes, 1, 4L * BINS, FRAMES);
  }
}
