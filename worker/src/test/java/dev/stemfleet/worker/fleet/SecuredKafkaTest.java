package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.kafka.Role;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.fixture.TestSound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A fleet on a broker that demands TLS and passwords and denies all that the page of rights does
/// not list.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SecuredKafkaTest {
  private static final Duration GROUP_LOCK = Duration.ofSeconds(10);

  private SecuredBroker broker;
  private TestFleet fleet;
  private KafkaSettings names;
  private Path submitter;
  private Path worker;
  private Path watcher;

  @BeforeAll
  void usersWithTheRightsOfTheirRoles(@TempDir Path folder) throws Exception {
    broker = SecuredBroker.start(folder);
    names = KafkaSettings.of("localhost:" + broker.securePort()).withPrefix("s.");
    submitter = broker.user(Role.SUBMITTER, names);
    worker = broker.user(Role.WORKER, names);
    watcher = broker.user(Role.WATCHER, names);
    QueueSetup.apply(clients(broker.user(Role.SETUP, names)), Duration.ofSeconds(20));
    fleet =
        new TestFleet(names.withFile(watcher), Files.createDirectories(folder.resolve("fleet")));
    TestSound.bursts(1, 1).writeWav(fleet.music().resolve("a.wav"));
  }

  @AfterAll
  void end() {
    fleet.close();
    broker.close();
  }

  @Test
  void everyRoleDoesItsWorkWithItsRightsAlone() {
    // Given a worker that has only a worker's rights
    WorkerUnderTest working = fleet.worker("w1", "--kafka-config", worker.toString());

    // When a submitter submits, cancels and retries
    TestFleet.Said submitted = submit(submitter, "friday");
    assertThat(submitted.exitCode()).as(submitted.err()).isZero();
    Result result = fleet.awaitResults("friday", 1).getFirst();
    assertThat(result.failure()).isNull();
    for (String command : List.of("cancel", "retry", "status")) {
      TestFleet.Said said = fleet.stemfleet(command, "friday", "--kafka-config", submitter);
      assertThat(said.exitCode()).as(command + ": " + said.err()).isZero();
    }

    // Then a watcher sees it
    for (String line : List.of("status friday", "workers", "tail --from-beginning --count 1")) {
      TestFleet.Said said =
          fleet.stemfleet(
              Stream.concat(Stream.of(line.split(" ")), Stream.of("--kafka-config", watcher))
                  .toArray());
      assertThat(said.exitCode()).as(line + ": " + said.err()).isZero();
      assertThat(said.out()).as(line).containsAnyOf("friday", "w1", "done");
    }

    // And no log holds a password
    assertThat(working.log()).contains("ready").doesNotContain(SecuredBroker.PASSWORD);
    working.terminate();
    assertThat(working.awaitExit()).isZero();
  }

  @Test
  void aQueueOfModeGroupNeedsNoMoreThanItsRights(@TempDir Path folder) throws Exception {
    // Given a fleet of mode group, and users with the rights of that mode alone
    KafkaSettings group =
        names.withPrefix("g.").withQueue(QueueMode.GROUP).withDevices(1).withLock(GROUP_LOCK);
    for (Role role : List.of(Role.SETUP, Role.SUBMITTER, Role.WORKER, Role.WATCHER)) {
      broker.user(role, group);
    }
    Path setup = broker.properties("setup", SecuredBroker.PASSWORD);
    QueueSetup.apply(new KafkaClients(group.withFile(setup)), Duration.ofSeconds(20));
    try (TestFleet grouped = new TestFleet(group.withFile(watcher), folder)) {
      TestSound.bursts(1, 1).writeWav(grouped.music().resolve("a.wav"));

      // When a job is submitted and done
      Path track = grouped.music().resolve("a.wav");
      TestFleet.Said submitted =
          grouped.stemfleet(
              (Object[])
                  words(
                      "submit",
                      track,
                      "--job",
                      "friday",
                      "--channels",
                      "main",
                      "--stems",
                      "bass",
                      "--kafka-config",
                      submitter));
      assertThat(submitted.exitCode()).as(submitted.err()).isZero();
      WorkerUnderTest working = grouped.worker("g1", words("--kafka-config", worker));
      assertThat(grouped.awaitResults("friday", 1).getFirst().failure()).isNull();
      for (Role role : List.of(Role.SUBMITTER, Role.WORKER)) {
        Path file = role == Role.WORKER ? worker : submitter;
        assertThat(
                grouped
                    .stemfleet((Object[]) words("doctor", "--role", role, "--kafka-config", file))
                    .out())
            .as(role.name())
            .contains("has the rights that are needed")
            .doesNotContain("FAULT    This user");
      }
      working.terminate();
      assertThat(working.awaitExit()).isZero();

      // And somebody who may move queues moves it away
      broker.user(Role.MIGRATOR, group);
      Path migrator = broker.user(Role.MIGRATOR, group.withQueue(QueueMode.SHARE));
      TestFleet.Said moved =
          grouped.stemfleet(
              "queue", "migrate", "--to", "share", "--notice", "0", "--kafka-config", migrator);
      assertThat(moved.exitCode()).as(moved.err()).isZero();
      assertThat(moved.out()).contains("mode share now; 0 jobs moved");
    }
  }

  @Test
  void theDoctorIsContentWithEachRoleAndNamesWhatIsMissing() {
    for (Role role : List.of(Role.SUBMITTER, Role.WORKER)) {
      Path file = role == Role.WORKER ? worker : submitter;
      TestFleet.Said said =
          fleet.stemfleet("doctor", "--role", role.name(), "--kafka-config", file);
      assertThat(said.out()).as(role.name()).contains("has the rights that are needed");
    }
    TestFleet.Said said =
        fleet.stemfleet("doctor", "--role", "worker", "--kafka-config", submitter);
    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.out())
        .contains("no right to READ on topic s.jobs")
        .contains("kafka-acls.sh")
        .doesNotContain(SecuredBroker.PASSWORD);
  }

  @Test
  void whatARoleDoesNotNeedIsDenied() throws Exception {
    Topics topics = names.topics();
    assertDenied(watcher, topics.jobs(), topics.control(), topics.results(), topics.dead());
    assertDenied(submitter, topics.results(), topics.events(), topics.dead());
    assertDenied(worker, topics.batches(), topics.control());

    assertThat(submit(watcher, "monday").exitCode()).isNotZero();
  }

  @Test
  void whoIsNobodyIsTurnedAwayInOneLine() throws Exception {
    Path wrong = broker.properties("submitter", "wrong-password");
    TestFleet.Said said = submit(wrong, "tuesday");
    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.err()).hasLineCount(1).contains("Kafka").doesNotContain("wrong-password");
  }

  /// A command line for a queue of mode group.
  private static String[] words(Object... words) {
    return Stream.concat(Stream.of(words), Stream.of("--queue", "group", "--expected-devices", "1"))
        .map(Object::toString)
        .toArray(String[]::new);
  }

  private TestFleet.Said submit(Path as, String batch) {
    return fleet.stemfleet(
        "submit",
        fleet.music().resolve("a.wav"),
        "--job",
        batch,
        "--channels",
        "main",
        "--stems",
        "bass",
        "--kafka-config",
        as);
  }

  private void assertDenied(Path as, String... topics) throws Exception {
    for (String topic : topics) {
      try (Producer<String, byte[]> producer = clients(as).producer()) {
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, "k", new byte[0])).get())
            .as(as + " " + topic)
            .hasRootCauseInstanceOf(AuthorizationException.class);
      }
    }
  }

  private KafkaClients clients(Path file) throws Exception {
    return new KafkaClients(names.withFile(file));
  }
}
