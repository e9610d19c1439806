package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.domain.Identity;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.dispatcher.plan.ModeChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which jobs that were submitted before are wanted once more, as they are sent then. Immutable.
///
/// @param jobs to be sent
/// @param batches how many are concerned
/// @param known how many jobs these have
/// @param onTheirWay how many are left out because they wait or run
public record Selection(List<Job> jobs, int batches, int known, int onTheirWay) {
  public Selection {
    jobs = List.copyOf(jobs);
  }

  /// One submit of them.
  ///
  /// @param run a UUIDv7
  /// @param at now
  /// @param rerender whether what is there is made again, whatever the modes say
  public record Request(ModeChoice modes, String run, Instant at, boolean rerender) {}

  /// Chooses. Pure.
  ///
  /// @param submitted in the order in which they are sent
  /// @param states by job id
  public static Selection of(List<Job> submitted, Map<String, JobState> states, Request request) {
    Map<String, List<Job>> batches = new LinkedHashMap<>();
    submitted.forEach(
        job -> batches.computeIfAbsent(job.batch(), name -> new ArrayList<>()).add(job));
    List<Job> jobs = new ArrayList<>();
    int concerned = 0;
    int known = 0;
    int onTheirWay = 0;
    for (Map.Entry<String, List<Job>> batch : batches.entrySet()) {
      Optional<ModeChoice.Entry> mode = request.modes().of(batch.getKey());
      if (mode.isEmpty()) {
        continue;
      }
      concerned++;
      known += batch.getValue().size();
      for (Job job : taken(batch.getValue(), states, mode.get().mode())) {
        boolean anew = request.rerender() || mode.get().anew();
        boolean asNew = mode.get().mode() == ModeChoice.Mode.NEW;
        if (!asNew && isOnItsWay(states.get(job.jobId()))) {
          onTheirWay++;
        } else {
          Job next = asNew ? inBatch(job, newName(job.batch(), request)) : job;
          jobs.add(next.inRun(request.run(), request.at(), anew));
        }
      }
    }
    return new Selection(jobs, concerned, known, onTheirWay);
  }

  private static List<Job> taken(
      List<Job> batch, Map<String, JobState> states, ModeChoice.Mode mode) {
    return switch (mode) {
      case NEW, ALL -> batch;
      case FAILED ->
          batch.stream()
              .filter(job -> phase(states.get(job.jobId())) instanceof Phase.Failed)
              .toList();
      case LATEST -> {
        String last = batch.stream().map(Job::run).max(String::compareTo).orElseThrow();
        yield batch.stream().filter(job -> job.run().equals(last)).toList();
      }
    };
  }

  private static boolean isOnItsWay(@Nullable JobState state) {
    return state != null && !state.ended();
  }

  private static @Nullable Phase phase(@Nullable JobState state) {
    return state == null ? null : state.phase();
  }

  /// Beside the former: its name, with the end of the run's.
  private static String newName(String batch, Request request) {
    return batch + "-" + request.run().substring(request.run().length() - 4);
  }

  /// The same job in another batch, and so in another folder.
  private static Job inBatch(Job job, String batch) {
    return new Job(
        job.schema(),
        Identity.jobId(batch, job.track().id(), job.channel().key()),
        batch,
        job.run(),
        job.submittedAt(),
        job.track(),
        job.channel(),
        job.model(),
        job.products(),
        job.publishAt(),
        batch + job.directory().substring(job.directory().indexOf('/')),
        job.warnings());
  }
}
