package dev.stemfleet.worker.queue;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.ShareGroup;
import dev.stemfleet.common.kafka.TopicSetup;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;

/// The queue as a share group.
public final class ShareKind implements QueueKind {
  @Override
  public QueueMode mode() {
    return QueueMode.SHARE;
  }

  @Override
  public Terms terms() {
    return new Terms(
        Terms.Held.TRACK,
        Terms.LateWorker.NEXT_TRACK,
        Terms.Leaving.GIVES_BACK_THE_REST,
        Terms.Silent.ONE_LOCK,
        Terms.Telling.RESULT_FIRST,
        Terms.Count.OF_ALL_WORKERS);
  }

  @Override
  public void setUp(KafkaSettings settings, Duration lock) {
    try (Admin admin = new KafkaClients(settings).admin()) {
      new TopicSetup(admin, settings).apply();
      new ShareGroup(admin, settings).apply(lock);
    }
  }

  @Override
  public JobQueue open(KafkaSettings settings, Outbox outbox) {
    return ShareQueue.open(new KafkaClients(settings), outbox);
  }
}
