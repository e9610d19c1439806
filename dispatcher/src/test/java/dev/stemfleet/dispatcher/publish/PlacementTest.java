package dev.stemfleet.dispatcher.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlacementTest {
  @Test
  void membersGetEquallyMuchHoweverManyPartitionsTheyHave() {
    // Given one member with five partitions, one with two and one with one
    List<Set<Integer>> members = List.of(Set.of(0, 1, 2, 3, 4), Set.of(5, 6), Set.of(7));
    Placement placement = new Placement(empty(8), members);
    long seed = Long.getLong("stemfleet.seed", 11);
    System.out.println("seed " + seed);
    Random random = new Random(seed);

    // When tracks of one to nine jobs are placed
    Map<Integer, Long> placed = new HashMap<>();
    for (int track = 0; track < 1000; track++) {
      int jobs = 1 + random.nextInt(9);
      placed.merge(placement.place(jobs), (long) jobs, Long::sum);
    }

    // Then no member has more than a track more than another, and each partition has its part
    List<Long> sums =
        members.stream()
            .map(own -> own.stream().mapToLong(one -> placed.getOrDefault(one, 0L)).sum())
            .toList();
    assertThat(spread(sums)).isLessThanOrEqualTo(9);
    assertThat(spread(List.of(placed.get(5), placed.get(6)))).isLessThanOrEqualTo(9);
    assertThat(placed).hasSize(8);
  }

  @Test
  void whoHasLittleToDoGetsTheNextTracks() {
    Placement placement =
        new Placement(Map.of(0, 40L, 1, 2L, 2, 0L, 3, 30L), List.of(Set.of(0, 1), Set.of(2, 3)));

    // The second has 30 jobs before it, the first 42
    assertThat(places(placement, 4, 3)).containsExactly(2, 2, 2, 2);
    assertThat(places(placement, 2, 3)).containsExactly(1, 2);
  }

  @Test
  void withoutMembersThePartitionsAreFilledEvenly() {
    Placement placement = new Placement(empty(5), List.of());

    assertThat(places(placement, 5, 2)).containsExactly(0, 1, 2, 3, 4);
    assertThat(count(places(placement, 50, 2)))
        .hasSize(5)
        .allSatisfy((p, n) -> assertThat(n).isEqualTo(10));
  }

  @Test
  void partitionsThatNobodyHasWaitForNobody() {
    // Given a member that has none yet, and partitions between two owners
    Placement placement = new Placement(empty(4), List.of(Set.of(), Set.of(1, 9), Set.of(3)));

    assertThat(count(places(placement, 10, 1))).isEqualTo(Map.of(1, 5L, 3, 5L));
  }

  @Test
  void whatIsPlacedElsewhereCounts() {
    Placement placement = new Placement(empty(2), List.of(Set.of(0), Set.of(1)));
    placement.add(0, 10);
    placement.add(7, 10);

    assertThat(places(placement, 5, 2)).containsOnly(1);
    assertThatThrownBy(() -> new Placement(Map.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Integer> places(Placement placement, int tracks, int jobs) {
    return IntStream.range(0, tracks).mapToObj(track -> placement.place(jobs)).toList();
  }

  private static Map<Integer, Long> count(List<Integer> places) {
    return new TreeMap<>(
        places.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
  }

  private static Map<Integer, Long> empty(int partitions) {
    return IntStream.range(0, partitions).boxed().collect(Collectors.toMap(one -> one, one -> 0L));
  }

  private static long spread(List<Long> sums) {
    return sums.stream().mapToLong(Long::longValue).max().orElseThrow()
        - sums.stream().mapToLong(Long::longValue).min().orElseThrow();
  }
}
