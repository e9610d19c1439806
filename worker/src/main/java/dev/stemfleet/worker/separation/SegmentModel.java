package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import java.util.List;
import java.util.Set;

/// A model that separates segments: one network or several. Used for one track at a time.
public interface SegmentModel {
  ModelSpec spec();

  /// At least three, the same at every call: while one is run, another is filled and a third is
  /// read, each by one thread. What an exchange held before is of no account.
  List<Exchange> exchanges();

  /// Runs networks from an exchange's inputs to its outputs. Called by one thread.
  ///
  /// @param exchange one of [#exchanges]
  /// @param networks places in [ModelSpec#files] of those that are wanted
  /// @param segments how many of a batch were filled, from its first on; 1 or more
  void run(Exchange exchange, Set<Integer> networks, int segments);
}
