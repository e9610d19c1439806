package dev.stemfleet.worker.queue;

import java.util.List;

/// Answers deliveries of a consumer group: what is told and the answer are one transaction, made by
/// the Kafka thread. Thread-safe.
record GroupDesk(LeaseLoop loop) implements LeasedDelivery.Desk {
  @Override
  public boolean renew(LeasedDelivery delivery) {
    return loop.renew(delivery);
  }

  @Override
  public Answer answer(LeasedDelivery delivery, Ending ending, List<Letter> told) {
    return loop.answer(delivery, ending, told);
  }

  @Override
  public Answer acceptSoon(LeasedDelivery delivery, List<Letter> told) {
    return loop.answer(delivery, Ending.ACCEPT, told);
  }

  /// Nobody counts.
  @Override
  public int deliveryLimit() {
    return Integer.MAX_VALUE;
  }
}
