package dev.stemfleet.worker.job;

/// What a running job needs to know of the hold that its worker has on it.
public interface Lease {
  /// On a job that nobody else wants, of a worker that may stay.
  Lease UNCONTESTED =
      new Lease() {
        @Override
        public boolean held() {
          return true;
        }

        @Override
        public boolean mayWork() {
          return true;
        }

        @Override
        public void renew() {}
      };

  /// Whether the job is this worker's. Cheap; asked between stages only: a lost lease may come back
  /// while a stage runs.
  boolean held();

  /// Whether this worker may still work. Cheap; asked often.
  boolean mayWork();

  /// Whether the job is still to be done: nobody has cancelled it. Cheap; asked often.
  default boolean wanted() {
    return true;
  }

  /// Makes sure, directly before outputs are placed, that nobody else has the job.
  ///
  /// @throws StoppedException if somebody may have it
  void renew();
}
