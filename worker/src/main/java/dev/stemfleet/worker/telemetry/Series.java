package dev.stemfleet.worker.telemetry;

import dev.stemfleet.common.metrics.Meter;
import java.util.List;

/// A meter with values for its labels: what one number belongs to.
record Series(Meter meter, List<String> values) {
  Series {
    values = List.copyOf(values);
    if (values.size() != meter.labels().size()) {
      throw new IllegalArgumentException(meter + " has the labels " + meter.labels());
    }
  }

  /// Its name in the registry: `stemfleet_stage_seconds{stage=draw}`.
  @Override
  public String toString() {
    StringBuilder name = new StringBuilder(meter.key());
    for (int i = 0; i < values.size(); i++) {
      name.append(i == 0 ? '{' : ',').append(meter.labels().get(i).key()).append('=');
      name.append(values.get(i));
    }
    return values.isEmpty() ? name.toString() : name.append('}').toString();
  }
}
