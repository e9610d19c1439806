package dev.stemfleet.dispatcher.cli;

import com.fasterxml.uuid.Generators;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.dispatcher.plan.ModeChoice;
import dev.stemfleet.dispatcher.plan.NamePattern;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.plan.TrackPlan;
import dev.stemfleet.dispatcher.show.Plural;
import dev.stemfleet.dispatcher.submit.JobSink;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import dev.stemfleet.dispatcher.watch.Selection;
import dev.stemfleet.dispatcher.watch.SubmittedJobs;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Sends once more what was submitted before, as the topics tell it.
final class Resubmission {
  private final Surroundings here;
  private final KafkaClients clients;
  private final JobSink.Opener sinks;
  private final boolean json;

  /// What was sent, for programs.
  ///
  /// @param run of all of them
  /// @param jobs by batch
  /// @param onTheirWay jobs that were left alone because they wait or run
  record Line(String run, Map<String, Integer> jobs, int onTheirWay) {}

  Resubmission(Surroundings here, KafkaClients clients, JobSink.Opener sinks, boolean json) {
    this.here = here;
    this.clients = clients;
    this.sinks = sinks;
    this.json = json;
  }

  /// Which of these batches there are.
  SubmittedJobs find(Predicate<String> batches) {
    return SubmittedJobs.read(clients, batches);
  }

  /// Sends what is wanted of what was found.
  ///
  /// @param asked what the batches were called, for messages
  /// @throws RequestException if no batch is concerned
  void send(SubmittedJobs found, String asked, ModeChoice modes, boolean rerender) {
    String run = Generators.timeBasedEpochGenerator().generate().toString();
    Selection.Request request =
        new Selection.Request(
            modes, run, here.clock().instant().truncatedTo(ChronoUnit.MILLIS), rerender);
    Selection selection = Selection.of(found.jobs(), states(found), request);
    if (selection.batches() == 0) {
      throw new RequestException(
          "--job: %s: 0 of %s are meant"
              .formatted(asked, found.batches().size() + " known batches"));
    }
    if (!selection.jobs().isEmpty()) {
      try (JobSink sink = sinks.open()) {
        byTrack(selection.jobs()).forEach(sink::send);
        sink.flush();
      }
    }
    tell(selection, run);
  }

  private Map<String, JobState> states(SubmittedJobs found) {
    boolean one = found.jobs().stream().map(Job::batch).distinct().count() == 1;
    String batches = one ? found.jobs().getFirst().batch() : "*";
    Map<String, JobState> states = new HashMap<>();
    if (!found.jobs().isEmpty()) {
      Fleet seen = History.read(clients, here, new NamePattern(batches));
      seen.batches().stream()
          .flatMap(batch -> batch.jobs().stream())
          .forEach(job -> states.put(job.info().jobId(), job));
    }
    return states;
  }

  private static String batchesOf(Selection selection) {
    return selection.batches() == 1 ? "1 batch" : selection.batches() + " batches";
  }

  /// Together by track, so that each is separated, or spoken, once.
  private static List<TrackPlan> byTrack(List<Job> jobs) {
    record Place(String batch, String track) {}
    Map<Place, List<Job>> tracks = new LinkedHashMap<>();
    for (Job job : jobs) {
      tracks
          .computeIfAbsent(new Place(job.batch(), job.track().id()), place -> new ArrayList<>())
          .add(job);
    }
    return tracks.values().stream()
        .map(
            ofTrack -> {
              Track track = ofTrack.getFirst().track();
              return new TrackPlan(track, ofTrack);
            })
        .toList();
  }

  private void tell(Selection selection, String run) {
    Map<String, Integer> batches = new TreeMap<>();
    selection.jobs().forEach(job -> batches.merge(job.batch(), 1, Integer::sum));
    if (json) {
      here.screen().line(JsonLine.of(new Line(run, batches, selection.onTheirWay())));
      return;
    }
    batches.forEach(
        (batch, jobs) -> here.screen().note("Sent " + Plural.of(jobs, "job") + " of " + batch));
    if (selection.onTheirWay() > 0) {
      here.screen().note(Plural.of(selection.onTheirWay(), "job") + " are on their way already");
    }
    if (batches.isEmpty()) {
      here.screen()
          .note(
              "Nothing to be sent: 0 of %s in %s"
                  .formatted(Plural.of(selection.known(), "job"), batchesOf(selection)));
    }
  }
}
