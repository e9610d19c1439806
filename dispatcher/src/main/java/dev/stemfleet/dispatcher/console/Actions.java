package dev.stemfleet.dispatcher.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.http.Answer;
import dev.stemfleet.common.http.Request;
import dev.stemfleet.common.http.RequestRefused;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.dispatcher.steer.Cancellation;
import dev.stemfleet.dispatcher.steer.Redrive;
import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.DeadJobs;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// What people do to jobs here: what the commands `retry` and `cancel` do. One at a time.
/// Thread-safe.
final class Actions {
  private static final JsonMapper JSON = Json.strict();
  private static final int MOST_BYTES = 4096;

  private final Gate gate;
  private final Clock clock;
  private final Supplier<Fleet> fleet;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  /// A batch, by its whole name, or a job, by its id.
  private record Target(@Nullable String batch, @Nullable String job) {}

  /// @param run of the jobs that were sent
  /// @param jobs how many
  private record Retried(String run, int jobs, int unreadable) {}

  Actions(Gate gate, Clock clock, Supplier<Fleet> fleet) {
    this.gate = gate;
    this.clock = clock;
    this.fleet = fleet;
  }

  /// Sends failed jobs again.
  Answer retry(Request request) throws IOException {
    Map<String, JobState> wanted = new LinkedHashMap<>();
    jobs(target(request)).forEach(job -> wanted.put(job.info().jobId(), job));
    return done(
        () -> {
          DeadJobs dead = DeadJobs.read(gate.clients());
          Redrive again =
              Redrive.of(dead, wanted, job -> wanted.containsKey(job.jobId()), clock.instant());
          again.send(gate.joined());
          return new Retried(again.run(), again.jobs().size(), again.unreadable());
        });
  }

  /// Ends open jobs.
  Answer cancel(Request request) throws IOException {
    Target target = target(request);
    String name = String.valueOf(target.batch() == null ? target.job() : target.batch());
    Cancellation one = Cancellation.of(name, jobs(target), clock.instant());
    return done(
        () -> {
          Cancellation.send(gate.clients(), List.of(one));
          return one;
        });
  }

  private Answer done(Supplier<Record> action) {
    oneAtATime.lock();
    try {
      return Answer.of(Answer.JSON, Pieces.json(action.get()));
    } catch (JobException | KafkaException | ConfigException e) {
      throw new RequestRefused(503, String.valueOf(e.getMessage()));
    } finally {
      oneAtATime.unlock();
    }
  }

  private static Target target(Request request) throws IOException {
    Sessions.requireJson(request);
    try {
      Target target = JSON.readValue(request.body(MOST_BYTES), Target.class);
      if (target != null && (target.batch() == null) != (target.job() == null)) {
        return target;
      }
    } catch (JsonProcessingException e) {
      throw new RequestRefused(400, "the body is {\"batch\": \"...\"} or {\"job\": \"...\"}");
    }
    throw new RequestRefused(400, "the body names a batch or a job");
  }

  private List<JobState> jobs(Target target) {
    Optional<List<JobState>> found =
        target.batch() == null
            ? JobPages.find(fleet.get(), String.valueOf(target.job())).map(List::of)
            : fleet.get().batch(target.batch()).map(BatchState::jobs);
    return found.orElseThrow(() -> new RequestRefused(404, "there is no such batch or job"));
  }
}
