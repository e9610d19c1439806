package dev.stemfleet.dispatcher.publish;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Chooses the partitions of tracks so that the members of a consumer group get equally much to do.
/// Pure; not thread-safe. It saves waiting: nothing breaks when a track lies elsewhere.
///
/// A track goes to the member with the fewest jobs before it, and there to the partition with the
/// fewest: a member that joins later takes over some of them, and so its part of what waits. With
/// no members the partitions are filled evenly.
public final class Placement {
  private final SortedMap<Integer, Long> waiting;
  private final List<List<Integer>> members;

  /// @param waiting jobs that are not finished, by partition; at least one partition
  /// @param members the partitions of each
  public Placement(Map<Integer, Long> waiting, List<Set<Integer>> members) {
    if (waiting.isEmpty()) {
      throw new IllegalArgumentException("waiting: must name a partition");
    }
    this.waiting = new TreeMap<>(waiting);
    List<List<Integer>> known = new ArrayList<>();
    for (Set<Integer> member : members) {
      List<Integer> own = member.stream().filter(waiting::containsKey).sorted().toList();
      if (!own.isEmpty()) {
        known.add(own);
      }
    }
    this.members = known.isEmpty() ? List.of(List.copyOf(this.waiting.keySet())) : known;
  }

  /// The partition of the next track, which counts from now on.
  ///
  /// @param jobs of the track
  public int place(int jobs) {
    int partition =
        members.stream().min(Comparator.comparingLong(this::waitingAt)).orElseThrow().stream()
            .min(Comparator.comparingLong(this::waitingIn))
            .orElseThrow();
    add(partition, jobs);
    return partition;
  }

  /// Jobs were sent to a partition that did not come from here.
  void add(int partition, long jobs) {
    waiting.computeIfPresent(partition, (one, before) -> before + jobs);
  }

  private long waitingAt(List<Integer> member) {
    return member.stream().mapToLong(this::waitingIn).sum();
  }

  private long waitingIn(int partition) {
    return waiting.getOrDefault(partition, 0L);
  }
}
