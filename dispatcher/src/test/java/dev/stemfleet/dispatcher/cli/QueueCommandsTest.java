package dev.stemfleet.dispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.kafka.JobsTrimmer;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.QueueMembers;
import dev.stemfleet.common.kafka.QueueOffsets;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.dispatcher.local.SharedBroker;
import dev.stemfleet.dispatcher.publish.TrackSender;
import dev.stemfleet.dispatcher.watch.Messages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What people see of a queue of mode `group`, and how they move it, against a real broker.
@ExtendWith(SharedBroker.class)
final class QueueCommandsTest {
  @TempDir Path folder;
  private KafkaSettings kafka;

  @BeforeEach
  void aFleetOfModeGroup(KafkaSettings fresh) {
    kafka = fresh.withQueue(QueueMode.GROUP).withDevices(1);
    assertThat(QueueSetup.apply(new KafkaClients(kafka), Duration.ofSeconds(10))).isEmpty();
  }

  @Test
  void aQueueIsSetUpByACommandOfItsOwn() {
    // Given a prefix that nobody has used
    kafka = kafka.withPrefix("new-" + kafka.prefix()).withQueue(QueueMode.SHARE);
    assertThat(run("doctor").exitCode()).isNotZero();

    CommandRun setUp = run("queue", "setup");

    assertThat(setUp.exitCode()).as(setUp.err()).isZero();
    assertThat(setUp.out()).contains("the queue '" + kafka.jobsTopic() + "' is set up");
    assertThat(run("queue").out()).contains("mode     share, since ");
    assertThat(run("queue", "setup", "--format", "json").out()).contains("\"warnings\":[]");
  }

  @Test
  void tracksArePlacedForThoseWhoAreThereAndAllCommandsSeeThem() throws Exception {
    // Given two workers with two of the four partitions each
    List<Consumer<String, byte[]>> workers = List.of(worker(), worker());
    QueueMembers members = awaitAssigned(workers);

    // When 41 tracks are sent
    send(41);

    // Then each worker has half of them before it, and all partitions have some
    List<Long> waiting = members.members().stream().map(this::waitingFor).toList();
    assertThat(waiting).containsExactlyInAnyOrder(20L, 21L);
    assertThat(offsets().partitions().values())
        .allSatisfy(open -> assertThat(open.waiting()).isBetween(10L, 11L));

    // And people are told, even those whose settings say something else
    assertThat(run("queue").out())
        .contains("mode     group, since ")
        .contains("jobs     41 jobs not finished")
        .contains("workers  2 on 127.0.0.1");
    assertThat(run("status").out()).contains("nobody has taken any job yet");
    assertThat(run("metrics", "--once").out())
        .as("scaling must begin with no worker")
        .contains("stemfleet_queue_jobs 41.0\n", "stemfleet_queue_window_used_ratio 0.0\n");
    finish(workers);
    assertThat(run("status").out()).contains("; 0 jobs in the queue (mode group)");
    JsonNode line = Json.lenient().readTree(run("queue", "--format", "json").out());
    assertThat(line.path("mode").asText()).isEqualTo("group");
    assertThat(line.path("waiting").asInt()).isZero();
    assertThat(line.path("members")).hasSize(2);

    // And what is finished is trimmed in every partition, two days later
    try (Admin admin = new KafkaClients(kafka).admin()) {
      Instant later = Instant.now().plus(Duration.ofDays(2));
      assertThat(new JobsTrimmer(admin, kafka, () -> later).trim()).hasSize(4);
      assertThat(new JobsTrimmer(admin, kafka, () -> later).trim()).isEmpty();
    }

    // And while they are there the queue stays where it is
    CommandRun refused = run("queue", "migrate", "--to", "share");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).hasLineCount(1).contains("2 workers of mode group are still there");
    workers.forEach(Consumer::close);
  }

  @Test
  void aMovedQueueRefusesWhoeverComesTheOldWay() {
    send(3);
    assertThat(run("queue", "migrate", "--to", "share", "--dry-run").out())
        .isEqualTo("3 jobs would be moved to the queue of mode share\n");

    CommandRun moved = run("queue", "migrate", "--to", "share", "--notice", "0");
    assertThat(moved.err()).isEmpty();
    assertThat(moved.out()).isEqualTo("the queue has mode share now; 3 jobs moved\n");

    CommandRun late = run("retry", "--all", "--queue", "group");
    assertThat(late.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(late.err())
        .hasLineCount(1)
        .contains("has a queue of mode share")
        .contains("these settings say group")
        .contains("stemfleet queue migrate --to group");
    assertThat(run("retry", "--all").exitCode()).isZero();
    assertThat(run("doctor", "--queue", "group", "--expected-devices", "1").out())
        .contains("FAULT    Not to be joined: the fleet ")
        .contains("has a queue of mode share");
    assertThat(run("queue").out())
        .contains("mode     share, since ")
        .contains("3 jobs not finished");
    assertThat(run("metrics", "--once").out()).contains("stemfleet_queue_jobs 3.0\n");
  }

  private Consumer<String, byte[]> worker() {
    Consumer<String, byte[]> worker =
        new KafkaClients(kafka.withLock(Duration.ofSeconds(10)))
            .groupConsumer(Duration.ofMinutes(1), OptionalInt::empty);
    worker.subscribe(List.of(kafka.jobsTopic()));
    return worker;
  }

  private QueueMembers awaitAssigned(List<Consumer<String, byte[]>> workers) {
    try (Admin admin = new KafkaClients(kafka).admin()) {
      while (true) {
        workers.forEach(worker -> worker.poll(Duration.ofMillis(50)));
        QueueMembers members = QueueMembers.ask(admin, kafka);
        if (members.members().size() == 2
            && members.members().stream().allMatch(one -> one.partitions().size() == 2)) {
          return members;
        }
      }
    }
  }

  private void finish(List<Consumer<String, byte[]>> workers) {
    while (offsets().waiting() > 0) {
      for (Consumer<String, byte[]> worker : workers) {
        worker.poll(Duration.ofMillis(20));
        worker.commitSync();
      }
    }
  }

  private void send(int tracks) {
    try (TrackSender sender = TrackSender.open(new KafkaClients(kafka))) {
      for (int track = 0; track < tracks; track++) {
        Job job = Messages.job("friday", "main", "Artist " + track, "A Title");
        sender.send(
            job.track().id(),
            List.of(new TrackSender.Outgoing("friday", job.jobId(), Wire.write(job))));
      }
    }
  }

  private QueueOffsets offsets() {
    try (Admin admin = new KafkaClients(kafka).admin()) {
      return QueueOffsets.ask(admin, kafka);
    }
  }

  private long waitingFor(QueueMembers.Member member) {
    QueueOffsets offsets = offsets();
    return member.partitions().stream()
        .mapToLong(one -> offsets.partitions().get(one).waiting())
        .sum();
  }

  private CommandRun run(String... command) {
    List<String> line = new ArrayList<>(Arrays.asList(command));
    line.addAll(
        List.of("--bootstrap-servers", kafka.bootstrapServers(), "--prefix", kafka.prefix()));
    return CommandRun.of(folder, line.toArray(String[]::new));
  }
}
