package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/// What the queue costs per job, and whether four workers share the jobs evenly. The workers are
/// processes with the real job loop and a runner that makes nothing; they publish results.
/// Processes and broker live through all rounds.
///
/// @param emptyJobs that take no time, one track each: so many in all rounds together
/// @param shortJobs that take 200 ms, one track each: so many for four workers in every round, and
///   a twentieth of them for one worker, whose pace does not depend on their number
/// @param folder where the broker's data lies; null for the system's temporary folder
/// @param say takes a line about what is being done
public record QueueBench(
    WorkerProgram program,
    int rounds,
    int emptyJobs,
    int shortJobs,
    @Nullable Path folder,
    Consumer<String> say) {
  private static final Duration WORK = Duration.ofMillis(200);
  private static final int MANY = 4;
  private static final int PART_FOR_ONE = 20;
  private static final int WARM_UP_PART = 1;
  private static final int WARM_UP_AGAIN = 20;
  private static final int WARM_UP_PART_EACH = 50;

  /// @throws BenchFailure if a job is left without a result
  public BenchResult run() throws Exception {
    Machine machine = Machine.here();
    try (BenchFleet fleet = BenchFleet.start(folder);
        QueueCrew bare = QueueCrew.start(program, fleet, "bare.", 1, List.of("--bare"));
        QueueCrew worker = QueueCrew.start(program, fleet, "worker.", 1, List.of());
        QueueCrew one = QueueCrew.start(program, fleet, "one.", 1, List.of());
        QueueCrew four = QueueCrew.start(program, fleet, "four.", MANY, List.of())) {
      say.accept("publishing empty jobs, warming up");
      prepare(bare);
      prepare(worker);
      one.open(WORK, emptyJobs / WARM_UP_PART_EACH);
      four.open(WORK, emptyJobs / WARM_UP_PART_EACH);
      Rounds times =
          Rounds.run(
              rounds,
              List.of(
                  new Contender("bare", () -> empty("bare take and accept", bare)),
                  new Contender("worker", () -> empty("the worker's loop", worker)),
                  new Contender("one worker", () -> shared("one worker", one, jobsForOne())),
                  new Contender("four workers", () -> shared("four workers", four, shortJobs))));
      worker.awaitResults();
      return result(times, machine);
    }
  }

  private BenchResult result(Rounds times, Machine machine) {
    double bare = times.median("bare") / jobsPerRound() * 1000;
    double ours = times.median("worker") / jobsPerRound() * 1000;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("bare_ms_per_job", bare);
    figures.put("ms_per_job", ours);
    figures.put(
        "ms_above_bare",
        middle(
            times, "worker", "bare", (worker, least) -> (worker - least) / jobsPerRound() * 1000));
    figures.put("jobs_per_second", 1000 / ours);
    figures.put(
        "efficiency",
        middle(
            times,
            "one worker",
            "four workers",
            (one, four) -> one / jobsForOne() / (four / shortJobs) / MANY));
    return new BenchResult(
        "queue",
        "%d empty jobs in %d rounds; jobs of 200 ms, in every round %d for 1 and %d for 4 workers"
            .formatted(jobsPerRound() * rounds, rounds, jobsForOne(), shortJobs),
        figures,
        List.of(Target.atMost("ms_above_bare", 2), Target.atLeast("efficiency", 0.95)),
        times.seconds(),
        machine);
  }

  /// The median of what two contenders of the same round come to together.
  private static double middle(
      Rounds times, String first, String second, ToDoubleBiFunction<Double, Double> figure) {
    List<Double> firsts = times.seconds().getOrDefault(first, List.of());
    List<Double> seconds = times.seconds().getOrDefault(second, List.of());
    List<Double> values = new ArrayList<>();
    for (int round = 0; round < firsts.size(); round++) {
      values.add(figure.applyAsDouble(firsts.get(round), seconds.get(round)));
    }
    return Rounds.median(values);
  }

  /// All its jobs are there before the first is taken, so that nobody publishes meanwhile.
  private void prepare(QueueCrew crew) throws IOException {
    int warmUp = emptyJobs / WARM_UP_PART;
    crew.publish(warmUp + 1 + rounds * (WARM_UP_AGAIN + jobsPerRound() + 1));
    var _ = crew.take(0, warmUp);
  }

  private double empty(String what, QueueCrew crew) throws IOException {
    say.accept(jobsPerRound() + " empty jobs, " + what);
    return crew.take(WARM_UP_AGAIN, jobsPerRound()).seconds();
  }

  private double shared(String what, QueueCrew crew, int jobs) throws IOException {
    say.accept(jobs + " jobs of 200 ms, " + what);
    QueueWorker.Done done = crew.share(jobs);
    if (done.jobs() != jobs) {
      throw new BenchFailure(done.jobs() + " jobs were run instead of " + jobs);
    }
    return done.seconds();
  }

  private int jobsPerRound() {
    return Math.ceilDiv(emptyJobs, rounds);
  }

  private int jobsForOne() {
    return Math.ceilDiv(shortJobs, PART_FOR_ONE);
  }
}
