package dev.stemfleet.worker.model.graph;

import dev.stemfleet.worker.model.graph.OnnxGraph.Attribute;
import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.OnnxGraph.Value;
import java.util.List;

/// Small networks with a known answer, waveform to waveforms.
public final class StubGraphs {
  private StubGraphs() {}

  /// Every stem is the mix times a gain of its own.
  public static byte[] gains(int samples, float... gains) {
    OnnxGraph graph = new OnnxGraph();
    return gains(graph, samples, graph.floats(gains, 1, gains.length, 1, 1), gains.length);
  }

  /// The same with the gains in a file beside.
  public static byte[] gainsBeside(int samples, int stems, String location) {
    OnnxGraph graph = new OnnxGraph();
    return gains(graph, samples, graph.floatsBeside(location, 1, stems, 1, 1), stems);
  }

  /// The same from float32 to float16.
  public static byte[] gainsInHalves(int samples, float... gains) {
    OnnxGraph graph = new OnnxGraph();
    Value mix = graph.input("mix", 1, 2, samples);
    Value one = graph.reshape(mix, 1, 1, 2, samples);
    Value stems = graph.mul(one, graph.floats(gains, 1, gains.length, 1, 1));
    Value halves = graph.cast(stems, ElementType.FLOAT16);
    graph.output("stems", ElementType.FLOAT16, halves, 1, gains.length, 2, samples);
    return graph.toBytes("stub");
  }

  private static byte[] gains(OnnxGraph graph, int samples, Value gains, int stems) {
    Value mix = graph.input("mix", 1, 2, samples);
    Value one = graph.reshape(mix, 1, 1, 2, samples);
    graph.output("stems", graph.mul(one, gains), 1, stems, 2, samples);
    return graph.toBytes("stub");
  }

  /// One stem: the mix without its last sample, of which the file says nothing.
  public static byte[] shorter() {
    OnnxGraph graph = new OnnxGraph();
    Value mix = graph.input("mix", 1, 2, -1);
    Value stem = graph.op("Unsqueeze", List.of(graph.slice(mix, 2, 0, -1), graph.wholes(1)));
    graph.output("stems", stem, 1, 1, 2, -1);
    return graph.toBytes("stub");
  }

  /// One stem, half of the mix, for any batch. With more than `room` segments at once it asks for
  /// more memory than an address can tell: 2⁵⁰ numbers a segment too many.
  public static byte[] hungry(int samples, int room) {
    OnnxGraph graph = new OnnxGraph();
    Value mix = graph.input("mix", -1, 2, samples);
    Value segments = graph.slice(graph.apply("Shape", mix), 0, 0, 1);
    Value tooMany =
        graph.op("Max", List.of(graph.sub(segments, graph.wholes(room)), graph.wholes(0)));
    Value size = graph.op("Mul", List.of(tooMany, graph.wholes(1L << 50)));
    Value zeros = graph.op("ConstantOfShape", List.of(graph.add(size, graph.wholes(1))));
    Value nothing = graph.op("ReduceSum", List.of(zeros), new Attribute.Whole("keepdims", 1));
    Value half = graph.add(graph.mul(mix, 0.5), nothing);
    graph.output("stems", graph.op("Unsqueeze", List.of(half, graph.wholes(1))), -1, 1, 2, samples);
    return graph.toBytes("stub");
  }
}
