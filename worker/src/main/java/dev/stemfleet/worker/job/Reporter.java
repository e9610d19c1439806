package dev.stemfleet.worker.job;

import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;

/// Is told what happens to a job while it happens. Must not fail and must return quickly; may be
/// called from several threads.
public interface Reporter {
  /// Whom nobody listens to.
  Reporter NONE =
      new Reporter() {
        @Override
        public void started(Job job, int attempt) {}

        @Override
        public void progress(Job job, Stage stage, double fraction) {}

        @Override
        public void stageEnded(Job job, Stage stage, double seconds) {}

        @Override
        public void retrying(Job job, Failure failure, int attempt, double waitSeconds) {}
      };

  void started(Job job, int attempt);

  /// @param fraction 0…1 of the stage
  void progress(Job job, Stage stage, double fraction);

  /// A stage that is made of units came further.
  default void units(Job job, Stage stage, int done, int wanted) {
    progress(job, stage, Math.min(1, (double) done / wanted));
  }

  void stageEnded(Job job, Stage stage, double seconds);

  /// Somebody asked for the job's end.
  default void cancelled(Job job) {}

  void retrying(Job job, Failure failure, int attempt, double waitSeconds);
}
