package dev.stemfleet.worker.queue;

import static dev.stemfleet.worker.queue.QueueBench.take;
import static dev.stemfleet.worker.queue.QueueBench.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.dispatcher.local.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queue on a broker of its own that dies, comes back and takes rights away.
class BrokerRestartTest {
  private static final Duration LOCK = Duration.ofSeconds(2);

  @TempDir Path folder;
  private LocalBroker broker;
  private QueueBench bench;

  QueueKind kind() {
    return new ShareKind();
  }

  @BeforeEach
  void start() throws IOException {
    Map<String, String> properties = new HashMap<>(SharedBroker.SHORT_LOCKS);
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.put("allow.everyone.if.no.acl.found", "true");
    broker = LocalBroker.start(LocalBroker.Options.in(folder).with(properties));
    bench = new QueueBench(kind(), broker.settings(), LOCK);
  }

  @AfterEach
  void stop() throws Exception {
    bench.close();
    broker.close();
  }

  @Test
  void aLostJobThatComesBackJoinsItsWorkAndAnAnswerInBetweenIsReportedLost() throws Exception {
    // Given two jobs, one in work
    bench.publish(1, 2);
    JobQueue queue = bench.openQueue();
    Delivery inWork = take(queue);
    // When the broker dies and comes back
    restart();
    // Then the lease is lost, and comes back to the very same delivery
    await("the lease to be lost", () -> !inWork.leased());
    await("the job to come back", inWork::leased);
    assertThat(queue.leases().lost()).isPositive();
    inWork.renew();
    assertThat(inWork.accept()).isEqualTo(Answer.TAKEN);
    // And the other job of the batch is handed out once
    Delivery second = take(queue);
    assertThat(text(second)).isEqualTo("track0/1");

    // When the broker dies with it and it is answered before it can come back
    broker.kill();
    assertThat(second.accept()).isEqualTo(Answer.LEASE_LOST);
    broker = LocalBroker.start(options());
    // Then it is handed out again
    Delivery again = take(queue);
    assertThat(text(again)).isEqualTo("track0/1");
    assertThat(again.accept()).isEqualTo(Answer.TAKEN);
    assertThat(queue.take(Duration.ofSeconds(1))).isEmpty();
  }

  @Test
  void aQueueThatMayNotBeReadIsNoSilence() throws Exception {
    JobQueue queue = bench.openQueue();
    deny(bench.settings());
    assertThatThrownBy(() -> queue.take(Duration.ofSeconds(5)))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("cannot be read");
    assertThat(queue.trouble()).isPresent();
  }

  private void restart() throws IOException {
    broker.kill();
    broker = LocalBroker.start(options());
  }

  private LocalBroker.Options options() {
    int port = Integer.parseInt(broker.bootstrapServers().replace("localhost:", ""));
    return LocalBroker.Options.in(folder).onPort(port).with(SharedBroker.SHORT_LOCKS);
  }

  private static void deny(KafkaSettings settings) throws Exception {
    try (Admin admin = new KafkaClients(settings).admin()) {
      admin
          .createAcls(
              List.of(
                  new AclBinding(
                      new ResourcePattern(
                          ResourceType.GROUP, settings.group(), PatternType.LITERAL),
                      new AccessControlEntry(
                          "User:ANONYMOUS", "*", AclOperation.READ, AclPermissionType.DENY))))
          .all()
          .get();
    }
  }

  private static void await(String what, BooleanSupplier seen) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!seen.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}
