package dev.stemfleet.dispatcher.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.QueueLook;
import dev.stemfleet.common.kafka.QueueUse;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.metrics.Meter;
import dev.stemfleet.common.metrics.MetricsPage;
import dev.stemfleet.dispatcher.watch.FleetView;
import dev.stemfleet.dispatcher.watch.Messages;
import dev.stemfleet.fixture.Jobs;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class FleetReadingsTest {
  private final FleetView view = new FleetView();
  private final Job first = Jobs.job("friday", "main");
  private final Job second = Jobs.job("friday", "drums");
  private final Instant begun = Messages.at(0);

  @Test
  void everyMeterOfTheFleetIsThere() {
    view.apply(first);

    String text = text(look(1), begun);

    assertThat(Arrays.stream(Meter.values()).filter(m -> m.source() == Meter.Source.FLEET))
        .allSatisfy(meter -> assertThat(text).contains("# TYPE " + meter.key() + " "));
  }

  @Test
  void jobsThatWaitHaveAnAgeAndThoseThatRunHaveOne() {
    view.apply(first);
    view.apply(second);
    view.apply(Messages.started(first, "w1", 10));
    Instant now = second.submittedAt().plusSeconds(100);

    assertThat(text(look(2), now))
        .contains("stemfleet_queue_jobs 2.0\n")
        .contains("stemfleet_queue_oldest_waiting_seconds 100.0\n")
        .contains("stemfleet_fleet_jobs{state=\"queued\"} 1.0\n")
        .contains("stemfleet_fleet_jobs{state=\"running\"} 1.0\n");
    assertThat(text(look(2), Messages.at(40)))
        .contains("stemfleet_fleet_longest_job_seconds 30.0\n");
  }

  @Test
  void whatNeverReachedTheQueueDoesNotWait() {
    view.apply(first);
    view.apply(second);
    view.apply(Messages.started(first, "w1", 10));

    assertThat(text(look(1), Messages.at(4000)))
        .contains("stemfleet_queue_oldest_waiting_seconds 0.0\n");
  }

  @Test
  void workersCountByWhatTheySayUntilTheyAreSilent() {
    view.apply(Messages.heartbeat("w1", 0, WorkerState.WORKING));
    view.apply(Messages.heartbeat("w2", 100, WorkerState.UNFIT));
    view.apply(Messages.heartbeat("w3", 100, WorkerState.STOPPED));

    assertThat(text(look(0), Messages.at(100)))
        .contains("stemfleet_fleet_workers{state=\"working\"} 0.0\n")
        .contains("stemfleet_fleet_workers{state=\"unfit\"} 1.0\n")
        .contains("stemfleet_fleet_workers{state=\"lost\"} 1.0\n")
        .doesNotContain("stopped");
  }

  @Test
  void whereTheBrokersDoNotAnswerNothingOldIsTold() {
    assertThat(MetricsPage.text(FleetReadings.blind()))
        .contains("stemfleet_queue_up 0.0\n")
        .doesNotContain("stemfleet_queue_jobs");
  }

  @Test
  void theWindowIsAPartOfOne() {
    QueueLook look = new QueueLook(new QueueUse(QueueMode.SHARE, 1, 1800, 2000), 7);

    assertThat(text(look, begun))
        .contains("stemfleet_queue_window_used_ratio 0.9\n")
        .contains("stemfleet_dead_jobs_total 7.0\n");
  }

  private String text(QueueLook look, Instant now) {
    return MetricsPage.text(FleetReadings.of(view.snapshot(now), look));
  }

  private static QueueLook look(long waiting) {
    return new QueueLook(new QueueUse(QueueMode.SHARE, waiting, waiting, 2000), 0);
  }
}
