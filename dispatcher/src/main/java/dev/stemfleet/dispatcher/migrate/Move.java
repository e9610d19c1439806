package dev.stemfleet.dispatcher.migrate;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueOffsets;
import dev.stemfleet.dispatcher.publish.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// One pass over the old queue: what is open is sent to the new one, some hundred jobs at a time,
/// and only when these are stored the old one is told that they are finished. Ended in between by
/// force, the next pass sends at most these again, and a worker that finds the output of such a job
/// only reports it again. For one thread; caller closes.
final class Move implements AutoCloseable {
  private static final int AT_A_TIME = 500;

  private final KafkaClients from;
  private final KafkaClients to;
  private final Finished finished;
  private final LongConsumer moved;
  private final Admin admin;
  private final Producer<String, byte[]> producer;
  private final List<Future<?>> sent = new ArrayList<>();
  private final Map<Integer, Long> passed = new HashMap<>();
  private @Nullable Placement placement;
  private long jobs;

  /// @param moved is told how many jobs were moved, before the old queue is told
  Move(KafkaClients from, KafkaClients to, Finished finished, LongConsumer moved) {
    this.from = from;
    this.to = to;
    this.finished = finished;
    this.moved = moved;
    this.admin = from.admin();
    this.producer = to.movingProducer();
  }

  /// Jobs that were moved so far.
  long jobs() {
    return jobs;
  }

  /// Moves what lies there now.
  ///
  /// @return whether there was anything
  /// @throws JobException `BROKER_UNREACHABLE` if a job could not be sent
  /// @throws KafkaException if the broker does not answer or refuses, as it does while the old
  ///   group has members
  boolean pass() {
    QueueOffsets open = QueueOffsets.ask(admin, from.settings());
    if (open.partitions().values().stream().allMatch(one -> one.first() >= one.end())) {
      return false;
    }
    placement = placement();
    try (OpenJobs all = OpenJobs.open(from, open)) {
      for (Optional<OpenJobs.Together> next = all.next(); next.isPresent(); next = all.next()) {
        send(next.get());
        if (sent.size() >= AT_A_TIME) {
          settle();
        }
      }
    }
    // Behind the last jobs there may be marks of transactions.
    open.partitions().forEach((number, one) -> passed.put(number, one.end()));
    settle();
    return true;
  }

  /// Leaves nothing in the old queue that could be taken for open one day; without the right to
  /// delete, all stays there as finished.
  void clean() {
    var _ = QueueOffsets.deleteFinished(admin, from.settings());
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }

  /// Where what was sent before lies counts, too.
  private @Nullable Placement placement() {
    if (to.settings().queue() == QueueMode.SHARE) {
      return null;
    }
    Map<Integer, Long> waiting = new HashMap<>();
    QueueOffsets.ask(admin, to.settings())
        .partitions()
        .forEach((number, one) -> waiting.put(number, one.waiting()));
    return new Placement(waiting, List.of());
  }

  private void send(OpenJobs.Together track) {
    List<ConsumerRecord<String, byte[]>> open =
        track.jobs().stream().filter(job -> !finished.has(job.value())).toList();
    Integer partition = placement == null || open.isEmpty() ? null : placement.place(open.size());
    for (ConsumerRecord<String, byte[]> job : open) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  to.settings().jobsTopic(), partition, job.key(), job.value(), job.headers())));
    }
    if (placement == null) {
      // In a share group a track is one batch.
      producer.flush();
    }
    passed.put(track.partition(), track.next());
  }

  private void settle() {
    producer.flush();
    try {
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notSent(e);
    } catch (ExecutionException e) {
      throw notSent(e);
    }
    jobs += sent.size();
    sent.clear();
    moved.accept(jobs);
    if (!passed.isEmpty()) {
      QueueOffsets.advance(admin, from.settings(), passed);
      passed.clear();
    }
  }

  private JobException notSent(Exception e) {
    return new JobException(
        FailureCode.BROKER_UNREACHABLE,
        "The jobs could not be sent to %s: %s"
            .formatted(
                to.settings().jobsTopic(),
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
        e);
  }
}
