package dev.stemfleet.common.domain;

/// Told how far a stage is. May be called from the thread that does the work, often; must return
/// quickly. May throw to end the stage (a cancelled job, a lost lease).
@FunctionalInterface
public interface Progress {
  Progress NONE = fraction -> {};

  /// Takes the newest state.
  ///
  /// @param fraction 0…1 of the stage that is done
  void at(double fraction);

  /// Takes the newest state of a stage that is made of units which can be counted.
  ///
  /// @param done units that need not be made again
  /// @param wanted all of them, at least 1
  default void units(int done, int wanted) {
    at(Math.min(1, (double) done / wanted));
  }
}
