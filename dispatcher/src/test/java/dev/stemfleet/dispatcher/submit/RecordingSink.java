package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.dispatcher.plan.TrackPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers what would have been sent.
public final class RecordingSink implements JobSink {
  public final List<TrackPlan> sent = new ArrayList<>();
  public final Map<AssetRef, byte[]> kept = new ConcurrentHashMap<>();
  public int opened;
  public int closed;

  public RecordingSink open() {
    opened++;
    return this;
  }

  @Override
  public void keep(AssetRef asset, byte[] bytes) {
    kept.put(asset, bytes);
  }

  @Override
  public void send(TrackPlan track) {
    sent.add(track);
  }

  @Override
  public void close() {
    closed++;
  }

  public List<Job> jobs() {
    return sent.stream().flatMap(track -> track.jobs().stream()).toList();
  }

  /// The only job that was sent.
  public Job job() {
    List<Job> jobs = jobs();
    if (jobs.size() != 1) {
      throw new AssertionError("one job was expected, sent were " + jobs);
    }
    return jobs.getFirst();
  }
}
