package dev.stemfleet.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsPageTest {
  @Test
  void valuesAndLabelsStandUnderTheNamesOfTheTable() {
    String text =
        MetricsPage.text(
            new Readings()
                .add(Meter.JOBS, 3, "succeeded", "none")
                .add(Meter.JOBS, 0, "failed", "disk_full")
                .add(Meter.WORKER_READY, 1)
                .add(Meter.WORKER_INFO, 1, "node-cpu", "cpu", "0.1.0 (\"x\")"));

    assertThat(text)
        .contains("# TYPE stemfleet_jobs_total counter")
        .contains("stemfleet_jobs_total{reason=\"none\",state=\"succeeded\"} 3.0\n")
        .contains("stemfleet_jobs_total{reason=\"disk_full\",state=\"failed\"} 0.0\n")
        .contains("# TYPE stemfleet_worker_ready gauge\nstemfleet_worker_ready 1.0\n")
        .contains("version=\"0.1.0 (\\\"x\\\")\",worker=\"node-cpu\"} 1\n");
  }

  @Test
  void bucketsAreCumulativeWithTheirSumAndCount() {
    List<Long> counts = new ArrayList<>(Collections.nCopies(16, 0L));
    counts.set(0, 2L);
    counts.set(15, 1L);

    String text =
        MetricsPage.text(
            new Readings()
                .add(Meter.STAGE_SECONDS, new Distribution(counts, 4000.5), List.of("draw")));

    assertThat(text)
        .contains("stemfleet_stage_seconds_bucket{stage=\"draw\",le=\"0.05\"} 2\n")
        .contains("stemfleet_stage_seconds_bucket{stage=\"draw\",le=\"3600.0\"} 2\n")
        .contains("stemfleet_stage_seconds_bucket{stage=\"draw\",le=\"+Inf\"} 3\n")
        .contains("stemfleet_stage_seconds_count{stage=\"draw\"} 3\n")
        .contains("stemfleet_stage_seconds_sum{stage=\"draw\"} 4000.5\n");
  }

  @Test
  void aValueWithoutItsLabelsIsRefused() {
    assertThatThrownBy(() -> new Readings().add(Meter.JOBS, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JOBS");
  }

  @Test
  void namesFollowPrometheusCustoms() {
    assertThat(Meter.values())
        .allSatisfy(
            meter -> {
              assertThat(meter.key()).matches("stemfleet_[a-z]+(_[a-z]+)*");
              assertThat(meter.key().endsWith("_total"))
                  .isEqualTo(meter.kind() == Meter.Kind.COUNTER);
              assertThat(meter.key().endsWith("_info")).isEqualTo(meter.kind() == Meter.Kind.INFO);
              assertThat(meter.meaning()).endsWith(".");
            });
    assertThat(Arrays.stream(Meter.values()).map(Meter::key)).doesNotHaveDuplicates();
  }
}
