package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.message.Job;
import java.util.List;

/// What is sent for one track, together: its jobs, in the order of the channels.
public record TrackPlan(Track track, List<Job> jobs) {
  public TrackPlan {
    jobs = List.copyOf(jobs);
  }
}
