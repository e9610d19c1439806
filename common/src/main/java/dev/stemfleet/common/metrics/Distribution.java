package dev.stemfleet.common.metrics;

import java.util.List;

/// How many values fell into each bucket of a histogram. Immutable.
///
/// @param counts one for each of [Meter#bounds()], and one for what is greater than all; not
///   cumulative
/// @param sum of all values
public record Distribution(List<Long> counts, double sum) {
  public Distribution {
    counts = List.copyOf(counts);
  }
}
