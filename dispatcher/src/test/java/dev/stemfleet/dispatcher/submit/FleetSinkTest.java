package dev.stemfleet.dispatcher.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.TraceContext;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.dispatcher.local.SharedBroker;
import dev.stemfleet.dispatcher.plan.TrackPlan;
import dev.stemfleet.fixture.Jobs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
final class FleetSinkTest {
  private static final Duration WAIT = Duration.ofMillis(500);

  @TempDir Path out;

  @Test
  void aTrackIsOnBothTopicsWithItsJobs(KafkaSettings settings) throws WireException {
    KafkaClients clients = new KafkaClients(settings);
    Job main = Jobs.job("friday", "main");
    Job drums = Jobs.job("friday", "drums");
    List<String> warnings = new ArrayList<>();

    try (FleetSink sink = FleetSink.open(clients, out, warnings::add)) {
      sink.send(new TrackPlan(main.track(), List.of(main, drums)));
    }

    assertThat(warnings).isEmpty();
    List<TopicReader.Entry> jobs = all(clients, settings.topics().jobs());
    List<TopicReader.Entry> batches = all(clients, settings.topics().batches());
    assertThat(jobs).extracting(TopicReader.Entry::key).containsOnly(main.track().id()).hasSize(2);
    assertThat(batches)
        .extracting(TopicReader.Entry::key)
        .containsExactly(main.jobId(), drums.jobId());
    assertThat(read(jobs)).containsExactly(main, drums);
    assertThat(read(batches)).containsExactly(main, drums);
    // As long as nobody hands a trace over, each run of a job has its own
    assertThat(jobs)
        .extracting(entry -> entry.headers().get(TraceContext.HEADER))
        .containsExactly(TraceContext.of(main).header(), TraceContext.of(drums).header());
  }

  @Test
  void aBatchIsAnnouncedWhereItIsLookedFor(KafkaSettings settings) {
    KafkaClients clients = new KafkaClients(settings);
    Job friday = Jobs.job("friday", "main");
    Job monday = Jobs.job("monday", "main");

    try (FleetSink sink = FleetSink.open(clients, out, warning -> {})) {
      sink.send(new TrackPlan(friday.track(), List.of(friday)));
      sink.send(new TrackPlan(monday.track(), List.of(monday)));
    }

    Set<String> batches = Set.of(settings.topics().batches());
    assertThat(all(TopicReader.ofBatch(clients, batches, "friday")))
        .extracting(TopicReader.Entry::key)
        .containsExactly(friday.jobId());
  }

  @Test
  void whatIsThereAlreadyIsNotMadeAgain(KafkaSettings settings) {
    KafkaClients clients = new KafkaClients(settings);
    FleetSink.open(clients, out, warning -> {}).close();

    List<String> warnings = new ArrayList<>();
    FleetSink.open(clients, out, warnings::add).close();

    assertThat(warnings).isEmpty();
  }

  @Test
  void picturesGoToTheOutputRoot(KafkaSettings settings) {
    byte[] bytes = "a picture".getBytes(StandardCharsets.UTF_8);
    AssetRef asset = new AssetRef("cover.png", Sha256.of(bytes));

    try (FleetSink sink = FleetSink.open(new KafkaClients(settings), out, warning -> {})) {
      sink.keep(asset, bytes);
    }

    assertThat(out.resolve(".stemfleet/assets").resolve(asset.sha256())).hasBinaryContent(bytes);
  }

  @Test
  void aKafkaThatCannotBeReachedIsNamed() {
    KafkaSettings nowhere =
        KafkaSettings.of("localhost:1")
            .with("default.api.timeout.ms", "300")
            .with("request.timeout.ms", "200");

    Duration patience = Duration.ofSeconds(1);
    assertThatThrownBy(
            () -> FleetSink.open(new KafkaClients(nowhere), out, warning -> {}, patience))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.BROKER_UNREACHABLE))
        .hasMessageContainingAll("localhost:1", "--bootstrap-servers");
  }

  private static List<TopicReader.Entry> all(KafkaClients clients, String topic) {
    return all(TopicReader.fromStart(clients, Set.of(topic)));
  }

  private static List<TopicReader.Entry> all(TopicReader opened) {
    List<TopicReader.Entry> entries = new ArrayList<>();
    try (TopicReader reader = opened) {
      while (!reader.caughtUp()) {
        entries.addAll(reader.poll(WAIT));
      }
    }
    return entries;
  }

  private static List<Job> read(List<TopicReader.Entry> entries) throws WireException {
    List<Job> jobs = new ArrayList<>();
    for (TopicReader.Entry entry : entries) {
      jobs.add(Wire.read(entry.value().orElseThrow(), Job.class));
    }
    return jobs;
  }
}
