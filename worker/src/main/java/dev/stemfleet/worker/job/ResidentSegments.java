package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.worker.model.ResidentModel;
import dev.stemfleet.worker.separation.SegmentModel;
import java.util.List;
import java.util.Set;

/// A resident model as the separation wants it. As thread-safe as the model.
public record ResidentSegments(ResidentModel model) implements SegmentModel {
  @Override
  public ModelSpec spec() {
    return model.spec();
  }

  @Override
  public List<Exchange> exchanges() {
    return model.exchanges();
  }

  @Override
  public void run(Exchange exchange, Set<Integer> networks, int segments) {
    model.run(exchange, networks, segments);
  }
}
