package dev.stemfleet.worker.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// All seats of a cache, the longest unused first, and which of them must go. Not thread-safe: the
/// cache guards it.
final class Seats {
  private final MemoryBudget budget;
  private final SequencedMap<ModelKey, Seat> byKey = new LinkedHashMap<>();

  Seats(MemoryBudget budget) {
    this.budget = budget;
  }

  /// The seat of a model, now the last used.
  Optional<Seat> use(ModelKey key) {
    return Optional.ofNullable(byKey.get(key))
        .map(
            seat -> {
              byKey.putLast(key, seat);
              return seat;
            });
  }

  boolean isLoaded(ModelKey key) {
    Seat seat = byKey.get(key);
    return seat != null && seat.loaded();
  }

  void add(Seat seat) {
    byKey.putLast(seat.key(), seat);
  }

  void remove(Seat seat) {
    byKey.remove(seat.key(), seat);
  }

  /// Bytes of all models that are loaded or being loaded.
  long bytes() {
    return byKey.values().stream().mapToLong(Seat::bytes).sum();
  }

  /// Takes away idle seats, the longest unused first, until the rest is within the budget or none
  /// is idle.
  List<Seat> takeOverBudget() {
    List<Seat> taken = new ArrayList<>();
    for (Seat seat : List.copyOf(byKey.values())) {
      if (bytes() <= budget.bytes()) {
        break;
      }
      if (seat.idle()) {
        remove(seat);
        taken.add(seat);
      }
    }
    return taken;
  }

  /// Takes away every idle seat.
  List<Seat> takeIdle() {
    List<Seat> taken = byKey.values().stream().filter(Seat::idle).toList();
    taken.forEach(this::remove);
    return taken;
  }

  List<Seat> takeAll() {
    List<Seat> taken = List.copyOf(byKey.values());
    byKey.clear();
    return taken;
  }

  /// Resident models, the last used first.
  List<Resident> residents() {
    return byKey.sequencedValues().reversed().stream()
        .filter(Seat::loaded)
        .map(seat -> seat.resident().join())
        .toList();
  }
}
