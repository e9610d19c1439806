package dev.stemfleet.dispatcher.plan;

import java.util.List;

/// What a submit comes to.
///
/// @param warnings about the whole; those about a track are in its jobs, too
/// @param refusals tracks that get no jobs
public record Plan(List<TrackPlan> tracks, List<String> warnings, List<Refusal> refusals) {
  public Plan {
    tracks = List.copyOf(tracks);
    warnings = List.copyOf(warnings);
    refusals = List.copyOf(refusals);
  }

  public int jobCount() {
    return tracks.stream().mapToInt(track -> track.jobs().size()).sum();
  }
}
