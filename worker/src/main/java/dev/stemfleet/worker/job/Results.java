package dev.stemfleet.worker.job;

import dev.stemfleet.common.message.Attempt;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Outputs;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.ResultHead;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// Writes down what came of a job. Thread-safe.
public final class Results {
  private final String worker;
  private final Clock clock;

  public Results(String worker, Clock clock) {
    this.worker = worker;
    this.clock = clock;
  }

  Result succeeded(JobContext context, Outputs outputs) {
    return head(context).succeeded(attempt(context), outputs);
  }

  Result failed(JobContext context, Failure failure) {
    return head(context).failed(attempt(context), failure);
  }

  /// The same answer to a later run.
  Result replayed(JobContext context, Result first) {
    return head(context).replayed(attempt(context, first.warnings(), Map.of()), first);
  }

  private static ResultHead head(JobContext context) {
    return ResultHead.of(context.job(), context.specHash());
  }

  private Attempt attempt(JobContext context) {
    return attempt(context, context.warnings(), context.stageSeconds());
  }

  private Attempt attempt(
      JobContext context, List<String> warnings, Map<String, Double> stageSeconds) {
    return new Attempt(worker, context.attempt(), clock.instant(), warnings, stageSeconds);
  }
}
