package dev.stemfleet.worker.model.graph;

import dev.stemfleet.worker.model.graph.OnnxGraph.Value;

/// Small networks with a known answer.
public final class StubGraphs {
  private StubGraphs() {}

  /// Every stem is the mix times a gain of its own.
  public static byte[] gains(int samples, float... gains) {
    OnnxGraph graph = new OnnxGraph();
    Value mix = graph.input("mix", 1, 2, samples);
    Value one = graph.reshape(mix, 1, 1, 2, samples);
    Value stems = graph.mul(one, graph.floats(gains, 1, gains.length, 1, 1));
    graph.output("stems", stems, 1, gains.length, 2, samples);
    return graph.toBytes("stub");
  }
}
