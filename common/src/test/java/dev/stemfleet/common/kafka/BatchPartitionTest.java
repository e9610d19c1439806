package dev.stemfleet.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BatchPartitionTest {
  @Test
  void aBatchLiesWhereEveryVersionLooksForIt() {
    assertThat(Stream.of("friday", "monday", "").map(BatchPartitionTest::of))
        .containsExactly(1, 11, 9);
  }

  @Test
  void namesThatDifferByCaseLieTogether() {
    assertThat(of("FRIDAY")).isEqualTo(of("friday"));
    assertThat(of("ÄRGER im Büro")).isEqualTo(of("ärger IM BÜRO"));
  }

  @Test
  void batchesAreSpreadOverAllPartitions() {
    assertThat(
            IntStream.range(0, 1000)
                .mapToObj(number -> of("batch-" + number))
                .collect(Collectors.groupingBy(partition -> partition, Collectors.counting())))
        .hasSize(16)
        .allSatisfy((partition, batches) -> assertThat(batches).isBetween(30L, 100L));
  }

  private static int of(String batch) {
    return BatchPartition.of(batch, 16);
  }
}
