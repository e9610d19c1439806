package dev.stemfleet.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.metrics.Meter;
import dev.stemfleet.common.metrics.MetricsPage;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

final class MetersTest {
  private final Meters meters = new Meters();

  @Test
  void whatIsCountedTimedAndAskedIsReadTogether() {
    meters.expect(Meter.JOBS, "succeeded", "none");
    meters.count(Meter.JOBS, "failed", "disk_full");
    meters.count(Meter.JOBS, "failed", "disk_full");
    meters.took(Meter.STAGE_SECONDS, 0.2, "draw");
    meters.took(Meter.STAGE_SECONDS, 7200, "draw");
    meters.ask(Meter.WORKER_READY, () -> 1);
    meters.list(readings -> readings.add(Meter.DISK_FREE, 17, "out"));

    assertThat(MetricsPage.text(meters.read()))
        .contains("stemfleet_jobs_total{reason=\"none\",state=\"succeeded\"} 0.0\n")
        .contains("stemfleet_jobs_total{reason=\"disk_full\",state=\"failed\"} 2.0\n")
        .contains("stemfleet_stage_seconds_bucket{stage=\"draw\",le=\"0.1\"} 0\n")
        .contains("stemfleet_stage_seconds_bucket{stage=\"draw\",le=\"0.25\"} 1\n")
        .contains("stemfleet_stage_seconds_bucket{stage=\"draw\",le=\"+Inf\"} 2\n")
        .contains("stemfleet_stage_seconds_sum{stage=\"draw\"} 7200.2\n")
        .contains("stemfleet_worker_ready 1.0\n")
        .contains("stemfleet_disk_free_bytes{folder=\"out\"} 17.0\n");
  }

  @Test
  void jmxShowsTheSameUnderTheWorkersNameUntilItIsClosed() throws Exception {
    meters.count(Meter.JOBS, "failed", "disk_full");
    meters.took(Meter.JOB_SECONDS, 2);
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName jobs =
        new ObjectName(
            "dev.stemfleet:worker=w1,name=stemfleet_jobs_total,state=failed,reason=disk_full");
    ObjectName seconds = new ObjectName("dev.stemfleet:worker=w1,name=stemfleet_job_seconds");

    JmxMeters shown = new JmxMeters(meters, "w1");
    shown.start();

    assertThat(server.getAttribute(jobs, "Count")).isEqualTo(1L);
    assertThat(server.getAttribute(seconds, "Count")).isEqualTo(1L);
    assertThat(server.getAttribute(seconds, "Mean")).isEqualTo(2000.0);
    shown.close();
    assertThat(server.isRegistered(jobs)).isFalse();
    assertThat(server.isRegistered(seconds)).isFalse();
  }

  @Test
  void quantilesOfBucketsLieBetweenTheirBounds() {
    FixedBuckets buckets = new FixedBuckets(Meter.STAGE_SECONDS.bounds());
    for (int second = 1; second <= 100; second++) {
      buckets.update(second * 1_000_000_000L);
    }

    double median = buckets.getSnapshot().getMedian() / 1e9;
    assertThat(median).as(String.format(Locale.ROOT, "%.1f", median)).isBetween(30.0, 60.0);
    assertThat(buckets.getSnapshot().getMean() / 1e9).isEqualTo(50.5);
    assertThat(buckets.getSnapshot().size()).isEqualTo(100);
    assertThat(new FixedBuckets(Meter.STAGE_SECONDS.bounds()).getSnapshot().getMedian()).isZero();
  }
}
