package dev.stemfleet.worker.queue;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A membership in the group of workers, and what is held by it.
///
/// Not thread-safe: only the Kafka thread calls it, except {@link #valid} and {@link #renewals}. A
/// method that throws leaves it in an unknown state: it is then to be given up and opened anew.
interface Lease extends AutoCloseable {
  /// Waits for jobs; only allowed while nothing is held. What is returned is held.
  List<ConsumerRecord<String, byte[]>> poll(Duration wait);

  /// Makes sure that what is held is still ours, and prolongs it.
  ///
  /// @return false if it is lost; nothing is held then
  boolean renew();

  /// Answers one record.
  ///
  /// @param told what is to be published with the answer, or not at all
  /// @return false if it was no longer ours
  boolean answer(ConsumerRecord<String, byte[]> record, Ending ending, List<Letter> told);

  /// Accepts one record; the broker hears of it later.
  ///
  /// @return whether nothing is held any more
  boolean acceptSoon(ConsumerRecord<String, byte[]> record);

  /// Keeps in touch; renews what is held when it is time. To be called at {@link #tendAtNanos}.
  ///
  /// @return false if what was held is lost; nothing is held then
  boolean tend();

  /// When to tend it, as {@link System#nanoTime()}.
  long tendAtNanos();

  /// Renewals that the broker confirmed so far. Any thread may ask.
  long renewals();

  boolean holdsAny();

  /// Whether what is held cannot have been given to others yet. Any thread may ask.
  boolean valid();

  /// Whether no heartbeat could be sent for long: then no broker is there to give jobs.
  boolean silent();

  /// Gives back what is held and leaves the group.
  @Override
  void close();

  /// Leaves at once, without a word to a broker that may not answer.
  void abandon();
}
