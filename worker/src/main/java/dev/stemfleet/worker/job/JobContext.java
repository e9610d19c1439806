package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.message.Job;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.MDC;

/// One try of one job while it runs: the seam through which all its stages go, so that timing, log
/// keys, progress and stopping are in one place. Stages run one after the other on one thread; the
/// progress may be reported from others.
public final class JobContext {
  private final Job job;
  private final String specHash;
  private final int attempt;
  private final Lease lease;
  private final Reporter reporter;
  private final Map<Stage, Double> seconds = new EnumMap<>(Stage.class);
  private final List<String> warnings;
  private Stage stage = Stage.RESOLVE;

  JobContext(Job job, String specHash, int attempt, Lease lease, Reporter reporter) {
    this.job = job;
    this.specHash = specHash;
    this.attempt = attempt;
    this.lease = lease;
    this.reporter = reporter;
    this.warnings = new ArrayList<>(job.warnings());
  }

  public Job job() {
    return job;
  }

  public String specHash() {
    return specHash;
  }

  /// 1 for the first try of this run.
  public int attempt() {
    return attempt;
  }

  /// The stage that runs, or ran last.
  public Stage stage() {
    return stage;
  }

  /// Runs one stage. What it throws passes through.
  ///
  /// @throws StoppedException if the job may not go on
  public <T> T run(Stage next, Function<Progress, T> work) {
    requireHeld();
    stage = next;
    long start = System.nanoTime();
    MDC.put("stage", next.key());
    reporter.progress(job, next, 0);
    try {
      return work.apply(new StageProgress(next));
    } finally {
      MDC.remove("stage");
      double took = (System.nanoTime() - start) / 1e9;
      seconds.merge(next, took, Double::sum);
      reporter.stageEnded(job, next, took);
    }
  }

  /// A stage's progress that ends the stage when the lease is lost, too: for stages whose work is
  /// kept, so that stopping costs nothing.
  Progress whileHeld(Progress progress) {
    return new Progress() {
      @Override
      public void at(double fraction) {
        requireHeld();
        progress.at(fraction);
      }

      @Override
      public void units(int done, int wanted) {
        requireHeld();
        progress.units(done, wanted);
      }
    };
  }

  /// Tells how far a stage is, and ends it when the job may not go on.
  private final class StageProgress implements Progress {
    private final Stage running;

    StageProgress(Stage running) {
      this.running = running;
    }

    @Override
    public void at(double fraction) {
      requireMayWork();
      reporter.progress(job, running, fraction);
    }

    @Override
    public void units(int done, int wanted) {
      requireMayWork();
      reporter.units(job, running, done, wanted);
    }
  }

  /// @throws StoppedException if somebody cancelled the job
  void requireWanted() {
    if (!lease.wanted()) {
      throw StoppedException.cancelled();
    }
  }

  /// Makes sure that the job is still this worker's, directly before its outputs are placed.
  public void renewLease() {
    lease.renew();
  }

  /// A sentence for the user that does not keep the job from being done.
  public void warn(String warning) {
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  public List<String> warnings() {
    return Collections.unmodifiableList(warnings);
  }

  /// Wall-clock time of each stage until now.
  public Map<String, Double> stageSeconds() {
    Map<String, Double> byName = new LinkedHashMap<>();
    seconds.forEach((ended, took) -> byName.put(ended.key(), Math.round(took * 1000) / 1000.0));
    return byName;
  }

  private void requireHeld() {
    requireMayWork();
    if (!lease.held()) {
      throw new StoppedException("the lease is lost");
    }
  }

  private void requireMayWork() {
    requireWanted();
    if (!lease.mayWork()) {
      throw new StoppedException("the worker leaves");
    }
  }
}
