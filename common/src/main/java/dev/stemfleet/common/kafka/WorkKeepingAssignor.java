package dev.stemfleet.common.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;

/// Shares the partitions of the jobs topic out like Kafka's cooperative sticky assignor, but leaves
/// every worker the partition on which it works: it gives up another one instead. So no rebalance
/// has to wait for a running job, which would keep all other workers from their new partitions.
///
/// Made by Kafka's consumer; called on its thread.
public final class WorkKeepingAssignor extends CooperativeStickyAssignor implements Configurable {
  /// The consumer property that holds a `Supplier<OptionalInt>`: on which partition this worker
  /// works.
  public static final String WORK = "stemfleet.partition.in.work";

  private static final int NONE = -1;

  private Supplier<?> work = OptionalInt::empty;

  @Override
  public void configure(Map<String, ?> configs) {
    if (configs.get(WORK) instanceof Supplier<?> supplier) {
      work = supplier;
    }
  }

  @Override
  public String name() {
    return "stemfleet-work-keeping";
  }

  @Override
  public ByteBuffer subscriptionUserData(Set<String> topics) {
    ByteBuffer inherited = super.subscriptionUserData(topics);
    int partition = work.get() instanceof OptionalInt known ? known.orElse(NONE) : NONE;
    ByteBuffer data = ByteBuffer.allocate(inherited.remaining() + Integer.BYTES);
    return data.put(inherited).putInt(partition).flip();
  }

  @Override
  public GroupAssignment assign(Cluster cluster, GroupSubscription group) {
    Map<String, TopicPartition> kept = new HashMap<>();
    group
        .groupSubscription()
        .forEach(
            (member, subscription) -> {
              int partition = inWork(subscription.userData());
              subscription.ownedPartitions().stream()
                  .filter(owned -> owned.partition() == partition)
                  .findFirst()
                  .ifPresent(owned -> kept.put(member, owned));
            });
    Map<String, List<TopicPartition>> shares = new HashMap<>();
    super.assign(cluster, group)
        .groupAssignment()
        .forEach((member, share) -> shares.put(member, share.partitions()));
    Map<String, Assignment> assignments = new HashMap<>();
    keeping(kept, shares)
        .forEach((member, share) -> assignments.put(member, new Assignment(share)));
    return new GroupAssignment(assignments);
  }

  /// The shares with every kept partition left where it is.
  ///
  /// @param kept by member, where there is one
  /// @param shares by member; what is to move is in nobody's share yet
  static Map<String, List<TopicPartition>> keeping(
      Map<String, TopicPartition> kept, Map<String, List<TopicPartition>> shares) {
    Set<TopicPartition> given = new HashSet<>();
    shares.values().forEach(given::addAll);
    Map<String, List<TopicPartition>> all = new HashMap<>();
    shares.forEach(
        (member, share) -> {
          TopicPartition own = kept.get(member);
          all.put(member, own == null || given.contains(own) ? share : exchanged(share, own));
        });
    return all;
  }

  private static List<TopicPartition> exchanged(List<TopicPartition> share, TopicPartition own) {
    List<TopicPartition> changed = new ArrayList<>(share);
    if (!changed.isEmpty()) {
      changed.removeLast();
    }
    changed.add(own);
    return changed;
  }

  private static int inWork(ByteBuffer data) {
    return data == null || data.limit() < Integer.BYTES * 2
        ? NONE
        : data.getInt(data.limit() - Integer.BYTES);
  }
}
