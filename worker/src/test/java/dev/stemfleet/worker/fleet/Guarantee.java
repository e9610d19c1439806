package dev.stemfleet.worker.fleet;

import java.util.List;

/// Something that holds whatever happens to workers and broker.
public interface Guarantee {
  List<Guarantee> ALL =
      List.of(
          new EveryJobAnswered(),
          new NoResultWithoutOutput(),
          new NoOutputHalfWritten(),
          new ModelLoadedOnce(),
          new SeparatedOncePerTrackAndWorker());

  /// Those of them that hold whatever happens to a fleet: one that is killed loads its model and
  /// separates a track again.
  List<Guarantee> OF_OUTPUTS =
      List.of(new EveryJobAnswered(), new NoResultWithoutOutput(), new NoOutputHalfWritten());

  /// @throws AssertionError if it does not
  void holdsIn(Evidence evidence);
}
