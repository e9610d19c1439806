package dev.stemfleet.worker.queue;

import static dev.stemfleet.worker.queue.QueueBench.take;
import static dev.stemfleet.worker.queue.QueueBench.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.ShareGroup;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// No job leaves the queue in silence, however often it is handed out.
@ExtendWith(SharedBroker.class)
class DeliveryLimitTest {
  private static final int LIMIT = 3;

  private static final Duration LOCK = Duration.ofSeconds(2);

  private QueueBench bench;

  @BeforeEach
  void setUp(KafkaSettings settings) throws Exception {
    bench = new QueueBench(new ShareKind(), settings, LOCK);
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, settings.group());
    ConfigEntry limit = new ConfigEntry("share.delivery.count.limit", Integer.toString(LIMIT));
    try (Admin admin = bench.clients().admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(group, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
    while (ShareGroup.deliveryLimit(bench.clients()) != LIMIT) {
      Thread.sleep(20);
    }
  }

  @AfterEach
  void tearDown() throws Exception {
    bench.close();
  }

  @Test
  void aReleaseOnTheLastDeliveryButOnePublishesTheJobAfresh() throws InterruptedException {
    bench.publish(1, 1);
    JobQueue queue = bench.openQueue();
    Delivery first = take(queue);
    assertThat(first.deliveryLimit()).isEqualTo(LIMIT);
    assertThat(first.lastChance()).isFalse();
    first.release();
    Delivery second = take(queue);
    assertThat(second.offset()).isEqualTo(first.offset());
    assertThat(second.lastChance()).isTrue();
    // When it is released once more
    assertThat(second.release()).isEqualTo(Answer.TAKEN);
    // Then it is a new record
    Delivery afresh = take(queue);
    assertThat(text(afresh)).isEqualTo("track0/0");
    assertThat(afresh.offset()).isGreaterThan(first.offset());
    assertThat(afresh.deliveryCount()).isEqualTo(1);
    afresh.accept();
    assertThat(queue.take(Duration.ofMillis(500))).isEmpty();
  }

  @Test
  void aJobOnItsLastDeliveryIsPublishedAfreshInsteadOfHandedOut() throws InterruptedException {
    // Given a job that was handed out as often as it may be, but once
    bench.publish(1, 1);
    deliver(LIMIT - 1);
    // When a worker takes the next job
    Delivery afresh = take(bench.openQueue());
    // Then it has the job with a fresh count
    assertThat(text(afresh)).isEqualTo("track0/0");
    assertThat(afresh.deliveryCount()).isEqualTo(1);
    assertThat(afresh.offset()).isEqualTo(1);
  }

  @Test
  void drainOnTheLastDeliveryButOneLosesNothing() throws InterruptedException {
    bench.publish(1, 2);
    deliver(1);
    JobQueue queue = bench.openQueue();
    Delivery inWork = take(queue);
    assertThat(inWork.lastChance()).isTrue();
    queue.close();

    JobQueue next = bench.openQueue();
    Set<String> again = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      Delivery delivery = take(next);
      assertThat(delivery.deliveryCount()).isEqualTo(1);
      again.add(text(delivery));
      delivery.accept();
    }
    assertThat(again).containsExactlyInAnyOrder("track0/0", "track0/1");
    assertThat(next.take(Duration.ofMillis(500))).isEmpty();
  }

  @Test
  void aJobThatIsGivenBackAfterALongWhileIsNotDroppedByDoubtsAboutItsLease()
      throws InterruptedException {
    bench.publish(1, 1);
    JobQueue queue = bench.openQueue();
    Delivery first = take(queue);
    // Given that it was held for so long that what comes next may have been fetched too early
    Thread.sleep(LOCK.plusMillis(500));
    first.renew();
    // When it is given back, and delivered and left to others until the broker has enough of it
    assertThat(first.release()).isEqualTo(Answer.TAKEN);
    // Then it comes again all the same
    Delivery again = take(queue);
    assertThat(text(again)).isEqualTo("track0/0");
    again.accept();
  }

  /// Has the first batch handed out and given back this often.
  private void deliver(int times) {
    try (ShareConsumer<String, byte[]> consumer = bench.clients().shareConsumer()) {
      consumer.subscribe(List.of(bench.settings().topics().jobs()));
      int delivered = 0;
      while (delivered < times) {
        ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(200));
        for (ConsumerRecord<String, byte[]> record : records) {
          consumer.acknowledge(record, AcknowledgeType.RELEASE);
        }
        consumer.commitSync();
        delivered += records.isEmpty() ? 0 : 1;
      }
    }
  }
}
