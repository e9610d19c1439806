package dev.stemfleet.worker.fleet;

import java.util.List;

/// Something that holds whatever happens to workers and broker.
interface Guarantee {
  List<Guarantee> ALL =
      List.of(
          new EveryJobAnswered(),
          new NoResultWithoutOutput(),
          new NoOutputHalfWritten(),
          new ModelLoadedOnce(),
          new SeparatedOncePerTrackAndWorker());

  /// @throws AssertionError if it does not
  void holdsIn(Evidence evidence);
}
