package dev.stemfleet.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.WorkKeepingAssignor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rebalances leave every worker the partition that it works on, and are fair all the same.
final class WorkKeepingTest {
  private static final int PARTITIONS = 8;
  private static final Node NODE = new Node(0, "nowhere", 1);
  private static final Cluster CLUSTER =
      new Cluster(
          "test",
          List.of(NODE),
          IntStream.range(0, PARTITIONS)
              .mapToObj(partition -> new PartitionInfo("jobs", partition, NODE, null, null))
              .toList(),
          Set.of(),
          Set.of());

  private final Map<String, Set<TopicPartition>> owned = new HashMap<>();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void newWorkersGetTheirSharesAndNoneOfThemThePartitionInWork(int inWork) {
    // Given a worker that has all partitions and works on one
    TopicPartition work = new TopicPartition("jobs", inWork);
    owned.put("a", Set.of());
    rebalance(Map.of());
    assertThat(owned.get("a")).hasSize(PARTITIONS);
    // When two others come, one after the other
    for (String late : List.of("b", "c")) {
      owned.put(late, Set.of());
      // Then what is taken away is given to others in the next round, never the one in work
      rebalance(Map.of("a", inWork));
      assertThat(owned.get("a")).contains(work);
      rebalance(Map.of("a", inWork));
      assertThat(owned.get("a")).contains(work);
    }
    List<TopicPartition> all = new ArrayList<>();
    owned.values().forEach(all::addAll);
    assertThat(all).hasSize(PARTITIONS).doesNotHaveDuplicates();
    assertThat(owned.values()).allSatisfy(share -> assertThat(share.size()).isBetween(2, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void aPartitionInWorkOfAWorkerThatIsGoneGoesToAnother(int inWork) {
    owned.put("a", Set.of());
    owned.put("b", Set.of());
    rebalance(Map.of());
    rebalance(Map.of());

    owned.remove("a");
    rebalance(Map.of("b", inWork));
    assertThat(owned.get("b")).hasSize(PARTITIONS);
  }

  /// One round: everybody tells what it has, gets its share, and gives up what is not in it.
  private void rebalance(Map<String, Integer> inWork) {
    Map<String, Subscription> members = new HashMap<>();
    owned.forEach(
        (member, share) -> {
          Integer work = inWork.get(member);
          members.put(
              member,
              new Subscription(
                  List.of("jobs"),
                  assignor(work).subscriptionUserData(Set.of("jobs")),
                  List.copyOf(share),
                  1,
                  Optional.empty()));
        });
    new WorkKeepingAssignor()
        .assign(CLUSTER, new GroupSubscription(members))
        .groupAssignment()
        .forEach((member, share) -> owned.put(member, new HashSet<>(share.partitions())));
  }

  private static WorkKeepingAssignor assignor(Integer work) {
    WorkKeepingAssignor assignor = new WorkKeepingAssignor();
    Supplier<OptionalInt> known =
        () -> work == null ? OptionalInt.empty() : OptionalInt.of(work.intValue());
    assignor.configure(Map.of(WorkKeepingAssignor.WORK, known));
    return assignor;
  }
}
