package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.dispatcher.plan.Refusal;
import java.util.List;

/// What became of a submit.
///
/// @param batch its name, as commands that follow it take it
/// @param tracks that were sent
/// @param jobs that were sent
/// @param refusals tracks for which nothing was sent
/// @param warnings one line each, naming the track
public record SubmitReport(
    String batch, String run, int tracks, int jobs, List<Refusal> refusals, List<String> warnings) {
  public SubmitReport {
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
  }
}
