package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Exchange;
import java.util.List;

/// What goes through the networks in one run: an exchange and the cuts that it holds. Belongs to
/// the thread that fills, runs or reads it, one after the other.
final class Round {
  private final Exchange exchange;
  private final List<Cut> cuts;
  private int filled;

  /// @param cuts one for each segment of a batch
  Round(Exchange exchange, List<Cut> cuts) {
    this.exchange = exchange;
    this.cuts = List.copyOf(cuts);
  }

  /// Cuts as many segments as there are, at most a batch, and fills the exchange with them.
  ///
  /// @return whether there was one at least
  boolean fill(SegmentCutter cutter, Asker asker) {
    filled = 0;
    while (filled < cuts.size() && cutter.cut(cuts.get(filled))) {
      asker.ask(cuts.get(filled), exchange, filled);
      filled++;
    }
    return filled > 0;
  }

  /// Fills a slot of an exchange with a cut.
  @FunctionalInterface
  interface Asker {
    void ask(Cut cut, Exchange exchange, int slot);
  }

  Exchange exchange() {
    return exchange;
  }

  /// Those that were filled; a slot of the exchange each.
  List<Cut> cuts() {
    return cuts.subList(0, filled);
  }
}
