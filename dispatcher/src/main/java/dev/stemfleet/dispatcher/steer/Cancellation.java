package dev.stemfleet.dispatcher.steer;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.dispatcher.publish.ControlSender;
import dev.stemfleet.dispatcher.watch.JobState;
import java.time.Instant;
import java.util.List;

/// The end of jobs that wait or run; what is submitted later runs, also under the same name.
/// Immutable.
///
/// @param target a batch's name, or a job id
/// @param jobs of the target
/// @param open those that had not ended
/// @param requestedAt later than all that is meant was submitted
public record Cancellation(String target, int jobs, int open, Instant requestedAt) {
  /// Now, but later than all that is meant, whatever the submitter's clock said.
  public static Cancellation of(String target, List<JobState> jobs, Instant now) {
    Instant at = now;
    for (JobState job : jobs) {
      Instant submitted = job.info().submittedAt();
      if (submitted != null && !submitted.isBefore(at)) {
        at = submitted.plusMillis(1);
      }
    }
    int open = Math.toIntExact(jobs.stream().filter(job -> !job.ended()).count());
    return new Cancellation(target, jobs.size(), open, at);
  }

  /// Tells all workers, and waits until that is stored.
  ///
  /// @throws dev.stemfleet.common.failure.JobException `BROKER_UNREACHABLE` if it could not be sent
  public static void send(KafkaClients clients, List<Cancellation> cancellations) {
    ControlSender.send(
        clients,
        cancellations.stream()
            .map(
                one ->
                    new Control(
                        Schema.VERSION, Control.Action.CANCEL, one.target(), one.requestedAt()))
            .toList());
  }
}
