package dev.stemfleet.worker.job;

/// What a running job needs to know of the hold that its worker has on it.
public interface Lease {
  /// Whether work may go on. Cheap; asked often.
  boolean held();

  /// Makes sure, directly before outputs are placed, that nobody else has the job.
  ///
  /// @throws StoppedException if somebody may have it
  void renew();
}
