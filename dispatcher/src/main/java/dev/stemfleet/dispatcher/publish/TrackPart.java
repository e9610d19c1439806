package dev.stemfleet.dispatcher.publish;

import dev.stemfleet.dispatcher.publish.TrackSender.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Jobs of a track that fit a batch: mostly all of them.
///
/// @param partition of the jobs topic; null where it has one only
/// @param last whether these are the last ones of the track
/// @param unannounced how many are not known to be on the batches topic
/// @param unstored how many are not known to be on the jobs topic
record TrackPart(
    String trackId,
    List<Outgoing> jobs,
    long bytes,
    @Nullable Integer partition,
    boolean last,
    AtomicInteger unannounced,
    AtomicInteger unstored) {
  private static final long MOST_BYTES = 1L << 20;

  /// All jobs of a track, in their order.
  static List<TrackPart> of(String trackId, List<Outgoing> jobs, @Nullable Integer partition) {
    List<TrackPart> parts = new ArrayList<>(1);
    int from = 0;
    long bytes = 0;
    for (int job = 0; job < jobs.size(); job++) {
      long size = jobs.get(job).bytes();
      if (bytes + size > MOST_BYTES && job > from) {
        parts.add(part(trackId, jobs.subList(from, job), bytes, partition, false));
        from = job;
        bytes = 0;
      }
      bytes += size;
    }
    if (from < jobs.size()) {
      parts.add(part(trackId, jobs.subList(from, jobs.size()), bytes, partition, true));
    }
    return parts;
  }

  private static TrackPart part(
      String trackId, List<Outgoing> jobs, long bytes, @Nullable Integer partition, boolean last) {
    int count = jobs.size();
    return new TrackPart(
        trackId, jobs, bytes, partition, last, new AtomicInteger(count), new AtomicInteger(count));
  }
}
