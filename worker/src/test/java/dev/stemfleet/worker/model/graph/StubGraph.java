package dev.stemfleet.worker.model.graph;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.common.domain.TensorShape;
import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.OnnxGraph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A small network with the tensors that a layout's real ones have, and a known answer: every stem
/// is what came in, times a gain of its own. In detail:
///
/// - htdemucs: the gains are on the waveforms, the spectra that come out are zero. Where the
///   network wants its spectrum normalised, the gains are on the waveform without its mean, over
///   its deviation.
/// - roformer with masks: the mask is the gain, whatever comes in.
public final class StubGraph {
  private static final double TINY = 1e-5;

  private final OnnxGraph graph = new OnnxGraph();
  private final ModelLayout layout;
  private final ElementType type;
  private final float[] gains;
  private final List<TensorShape> inputShapes;
  private final List<TensorShape> outputShapes;
  private final StubStyle style;

  private StubGraph(
      ModelLayout layout, Segments segments, ElementType type, float[] gains, StubStyle style) {
    this.layout = layout;
    this.type = type;
    this.gains = gains;
    this.style = style;
    this.inputShapes = layout.inputs(segments.batch(), gains.length, segments);
    this.outputShapes = layout.outputs(segments.batch(), gains.length, segments);
  }

  /// The file's bytes.
  ///
  /// @param gains one a stem
  public static byte[] toBytes(
      ModelLayout layout, Segments segments, ElementType type, float[] gains, StubStyle style) {
    return new StubGraph(layout, segments, type, gains, style).build();
  }

  private byte[] build() {
    List<Value> in = new ArrayList<>();
    for (int role : order(inputShapes.size())) {
      Value raw = graph.input(style.input(role), type, style.shape(inputShapes.get(role)));
      in.add(type == ElementType.FLOAT32 ? raw : graph.cast(raw, ElementType.FLOAT32));
    }
    List<Value> out = outputs(style.reversed() ? in.reversed() : in);
    for (int role : order(out.size())) {
      Value value = withStemAxisOrNot(out.get(role));
      TensorShape shape = outputShapes.get(role);
      graph.output(
          style.output(role),
          type,
          type == ElementType.FLOAT32 ? value : graph.cast(value, type),
          style.shape(style.stemAxis() ? shape : shape.without(1)));
    }
    style.metadata().forEach(graph::metadata);
    return graph.toBytes("stub");
  }

  private List<Integer> order(int roles) {
    List<Integer> order = IntStream.range(0, roles).boxed().toList();
    return style.reversed() ? order.reversed() : order;
  }

  private Value withStemAxisOrNot(Value stem) {
    return style.stemAxis() ? stem : graph.op("Squeeze", List.of(stem, graph.wholes(1)));
  }

  private List<Value> outputs(List<Value> in) {
    return switch (layout) {
      case ModelLayout.Waveform() -> List.of(amplified(in.getFirst(), 3));
      case ModelLayout.Hybrid hybrid -> hybrid(hybrid, in);
      case ModelLayout.MdxNet _, ModelLayout.OpenUnmix _, ModelLayout.Spleeter _ ->
          List.of(graph.mul(in.getFirst(), gains[0]));
      case ModelLayout.Mdx23c _ ->
          List.of(
              gains.length == 1 ? graph.mul(in.getFirst(), gains[0]) : amplified(in.getFirst(), 4));
      case ModelLayout.Roformer roformer -> roformer(roformer, in);
    };
  }

  private List<Value> hybrid(ModelLayout.Hybrid hybrid, List<Value> in) {
    Value wave = hybrid.normalised() ? normalised(in.getFirst()) : in.getFirst();
    List<Value> out = new ArrayList<>();
    out.add(hybrid.stemsInChannels() ? folded(wave) : amplified(wave, 3));
    for (int role = 1; role < in.size(); role++) {
      Value silent = graph.mul(in.get(role), 0);
      int rank = inputShapes.get(role).dims().size();
      out.add(hybrid.stemsInChannels() ? folded(silent) : amplified(silent, rank));
    }
    return out;
  }

  private List<Value> roformer(ModelLayout.Roformer roformer, List<Value> in) {
    List<Value> out = new ArrayList<>();
    for (int part = 0; part < in.size(); part++) {
      Value spectrum = in.get(part);
      if (roformer.parts() == ComplexParts.FLAT) {
        long rows = inputShapes.getFirst().dims().getLast() / 2;
        spectrum = graph.transpose(graph.reshape(spectrum, 0, 0, rows, 2), 0, 2, 1, 3);
      }
      out.add(
          roformer.output() == SpectrumOutput.SPECTRUM
              ? amplified(spectrum, roformer.parts() == ComplexParts.PAIRS_LAST ? 5 : 4)
              : mask(spectrum, roformer.parts(), part));
    }
    return out;
  }

  /// Real part: the gain; imaginary part: none.
  private Value mask(Value spectrum, ComplexParts complex, int part) {
    Value none = graph.op("Unsqueeze", List.of(graph.mul(spectrum, 0), graph.wholes(1)));
    int parts = complex == ComplexParts.SPLIT ? 1 : 2;
    float[] factors = new float[gains.length * parts];
    for (int stem = 0; stem < gains.length; stem++) {
      factors[stem * parts] = part == 0 ? gains[stem] : 0;
    }
    return graph.add(
        none,
        complex == ComplexParts.PAIRS_LAST
            ? graph.floats(factors, 1, gains.length, 1, 1, 1, parts)
            : graph.floats(factors, 1, gains.length, 1, 1, parts));
  }

  /// Stems on a new axis 1.
  private Value amplified(Value mix, int rank) {
    long[] shape = new long[rank + 1];
    Arrays.fill(shape, 1);
    shape[1] = gains.length;
    Value stems = graph.op("Unsqueeze", List.of(mix, graph.wholes(1)));
    return graph.mul(stems, graph.floats(gains, shape));
  }

  /// Stems one after the other on the axis of channels.
  private Value folded(Value mix) {
    Value[] stems = new Value[gains.length];
    for (int stem = 0; stem < gains.length; stem++) {
      stems[stem] = graph.mul(mix, gains[stem]);
    }
    return graph.concat(1, stems);
  }

  /// (x − m) / (s + 1e-5) with m and s the mean and the unbiased deviation of everything.
  private Value normalised(Value wave) {
    long values = inputShapes.getFirst().size() / inputShapes.getFirst().dims().getFirst();
    OnnxGraph.Attribute axes = new OnnxGraph.Attribute.Wholes("axes", List.of(1L, 2L));
    Value centred = graph.sub(wave, graph.op("ReduceMean", List.of(wave), axes));
    Value variance = graph.op("ReduceMean", List.of(graph.mul(centred, centred)), axes);
    Value unbiased = graph.mul(variance, values / (values - 1.0));
    return graph.div(centred, graph.add(graph.apply("Sqrt", unbiased), graph.scalar(TINY)));
  }
}
