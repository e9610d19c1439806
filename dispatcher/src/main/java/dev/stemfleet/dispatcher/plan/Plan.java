package dev.stemfleet.dispatcher.plan;

import java.util.List;

/// What a submit comes to.
///
/// @param tracks read-only; the jobs of a track are made whenever it is asked for, so that plans of
///   any size take little memory
/// @param warnings about the whole; those about a track are in its jobs, too
/// @param refusals tracks that get no jobs
public record Plan(
    List<TrackPlan> tracks, int jobCount, List<String> warnings, List<Refusal> refusals) {
  public Plan {
    warnings = List.copyOf(warnings);
    refusals = List.copyOf(refusals);
  }
}
