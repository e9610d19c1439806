package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ArrayExchange;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.TrackNormalisation;
import dev.stemfleet.worker.model.StubModel;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A network without a network: every stem is the mix divided by the number of stems.
final class FakeModel implements SegmentModel {
  private final ModelSpec spec;
  private final List<Exchange> exchanges;
  private final Runnable beforeRun;
  private Exchange ran;
  private int runs;

  FakeModel(List<String> stems, Segments segments, Runnable beforeRun) {
    this(stems, segments, TrackNormalisation.NONE, beforeRun);
  }

  FakeModel(
      List<String> stems, Segments segments, TrackNormalisation normalisation, Runnable beforeRun) {
    ModelFile file = new ModelFile("fake.onnx", "0".repeat(64), 1);
    this.spec = StubModel.spec(file, stems, segments, normalisation);
    this.exchanges = Stream.<Exchange>generate(() -> ArrayExchange.of(spec)).limit(3).toList();
    this.ran = exchanges.getFirst();
    this.beforeRun = beforeRun;
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public List<Exchange> exchanges() {
    return exchanges;
  }

  @Override
  public void run(Exchange exchange, Set<Integer> networks, int segments) {
    runs++;
    ran = exchange;
    beforeRun.run();
    int samples = 2 * spec.segments().samples();
    int stems = spec.stems().size();
    float[] part = new float[samples];
    for (int segment = 0; segment < segments; segment++) {
      exchange.inputs(0).getFirst().get(segment * samples, part, 0, samples);
      for (int i = 0; i < samples; i++) {
        part[i] /= stems;
      }
      for (int stem = 0; stem < stems; stem++) {
        exchange.outputs(0).getFirst().put((segment * stems + stem) * samples, part, 0, samples);
      }
    }
  }

  /// What is run, or was at last.
  Exchange ran() {
    return ran;
  }

  int runs() {
    return runs;
  }
}
