package dev.stemfleet.worker.queue;

import dev.stemfleet.common.kafka.TopicReader;
import java.util.List;

/// Answers deliveries of a share group: publishes first, then tells the broker. Thread-safe.
///
/// @param topic where jobs wait
/// @param outbox publishes, on the thread of the caller
record ShareDesk(LeaseLoop loop, String topic, Outbox outbox, int deliveryLimit)
    implements LeasedDelivery.Desk {
  @Override
  public boolean renew(LeasedDelivery delivery) {
    return loop.renew(delivery);
  }

  @Override
  public Answer answer(LeasedDelivery delivery, Ending ending, List<Letter> told) {
    told.forEach(outbox::publish);
    // One that is no longer held is handed out again anyway; publishing it would make two of it.
    if (ending == Ending.REPUBLISH && delivery.held()) {
      outbox.publish(
          new Letter(
              topic,
              null,
              delivery.key(),
              delivery.record().value(),
              TopicReader.headers(delivery.record())));
    }
    return loop.answer(delivery, ending, List.of());
  }

  @Override
  public Answer acceptSoon(LeasedDelivery delivery, List<Letter> told) {
    told.forEach(outbox::publish);
    loop.acceptSoon(delivery);
    return Answer.TAKEN;
  }
}
