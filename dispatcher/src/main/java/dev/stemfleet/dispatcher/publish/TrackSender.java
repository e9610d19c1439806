package dev.stemfleet.dispatcher.publish;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.BatchPartition;
import dev.stemfleet.common.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Sends many tracks, in their order: every job to the batches topic, and once all of a track are
/// stored there, to the jobs topic, where each track is one producer batch in the partition that
/// [JobPlaces] chooses. Jobs of together more than 1 MiB take several batches.
///
/// A producer sends whatever its batches hold each time its own thread comes by. Here all jobs of a
/// track are added by that very thread, when it is told that something was stored, and only while
/// no batch of an earlier track waits: so nothing is sent between two jobs of a track, and no two
/// tracks share a batch. Nobody waits for a flush, and several tracks are on their way at a time.
///
/// For one caller's thread; the caller closes.
public final class TrackSender implements AutoCloseable {
  private static final int MOST_UNDER_WAY = 4;

  /// Tracks that are announced one right after the other share a batch of the batches topic.
  private static final int ANNOUNCED_TOGETHER = 16;

  /// Enough to keep the producer busy. What lies here is all of a submit that is in memory as
  /// bytes, and less than half of what the producer takes without making its own thread wait.
  private static final int MOST_WAITING = 4 * ANNOUNCED_TOGETHER;

  private static final long MOST_BYTES = 16L << 20;
  private static final Duration CLOSE_TIME = Duration.ofSeconds(10);

  private final Producer<String, byte[]> producer;
  private final Departures departures;
  private final JobPlaces places;
  private final String jobsTopic;
  private final String batchesTopic;

  /// Waiting, too, and to be announced; of the caller's thread.
  private final List<TrackPart> collected = new ArrayList<>();

  // Guarded by this:
  private final Queue<TrackPart> waiting = new ArrayDeque<>();
  private int underWay;
  private long added;
  private long taken;
  private long stored;
  private long bytes;
  private @Nullable JobException failure;

  /// One job of a track. The bytes are not copied: they must not be changed after hand-over.
  ///
  /// @param headers of its records
  @SuppressWarnings("ArrayRecordComponent")
  public record Outgoing(String batch, String jobId, byte[] value, Map<String, String> headers) {
    /// Without headers.
    public Outgoing(String batch, String jobId, byte[] value) {
      this(batch, jobId, value, Map.of());
    }

    /// What it takes of a batch, about.
    long bytes() {
      long headerBytes = 0;
      for (Map.Entry<String, String> header : headers.entrySet()) {
        headerBytes += header.getKey().length() + header.getValue().length() + 4L;
      }
      return value.length + headerBytes;
    }

    ProducerRecord<String, byte[]> record(String topic, @Nullable Integer partition, String key) {
      ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, partition, key, value);
      headers.forEach(
          (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
      return record;
    }
  }

  private TrackSender(KafkaClients clients) {
    this.places = JobPlaces.open(clients);
    this.producer = clients.tracksProducer();
    this.jobsTopic = clients.settings().jobsTopic();
    this.batchesTopic = clients.settings().topics().batches();
    this.departures = new Departures(producer, jobsTopic);
  }

  /// Opens a sender that belongs to the calling thread; throws as {@link #send} does.
  public static TrackSender open(KafkaClients clients) {
    return new TrackSender(clients);
  }

  /// Takes all jobs of a track and sends them soon; waits while too many are on their way.
  ///
  /// @throws JobException `BROKER_UNREACHABLE` if this or an earlier track could not be sent
  /// @throws dev.stemfleet.common.config.ConfigException if the queue was moved meanwhile
  public void send(String trackId, List<Outgoing> jobs) {
    TrackPart.of(trackId, jobs, places.place(jobs.size())).forEach(this::take);
  }

  /// Waits until everything is stored.
  ///
  /// @throws JobException `BROKER_UNREACHABLE` if something could not be sent
  public void flush() {
    announce();
    awaitOrFail(() -> waiting.isEmpty() && underWay == 0);
  }

  /// Tracks that were taken and are not known to be stored.
  public synchronized int unconfirmed() {
    return Math.toIntExact(taken - stored);
  }

  /// Sends what was taken, unless something failed before.
  @Override
  public void close() {
    try {
      flush();
    } catch (JobException e) {
      // Whoever wants to know flushes before.
    } finally {
      places.close();
      producer.close(CLOSE_TIME);
    }
  }

  private void take(TrackPart part) {
    if (!roomFor(part)) {
      announce();
    }
    awaitOrFail(() -> roomFor(part));
    collected.add(part);
    if (add(part) || collected.size() >= ANNOUNCED_TOGETHER) {
      announce();
    }
  }

  /// @return whether nothing is on its way
  private synchronized boolean add(TrackPart part) {
    waiting.add(part);
    bytes += part.bytes();
    taken += part.last() ? 1 : 0;
    return underWay == 0 && waiting.size() == collected.size();
  }

  private synchronized boolean roomFor(TrackPart part) {
    return waiting.size() < MOST_WAITING && (bytes == 0 || bytes + part.bytes() <= MOST_BYTES);
  }

  /// What waits goes to the batches topic.
  private void announce() {
    String batch = "";
    int partition = -1;
    try {
      for (TrackPart part : collected) {
        // The producer's own thread must find the topic known: it cannot wait for itself.
        var _ = producer.partitionsFor(jobsTopic);
        for (Outgoing job : part.jobs()) {
          if (partition < 0 || !job.batch().equals(batch)) {
            batch = job.batch();
            partition = BatchPartition.of(batch, producer, batchesTopic);
          }
          var _ =
              producer.send(
                  job.record(batchesTopic, partition, job.jobId()),
                  (place, e) -> answered(e, () -> announced(part)));
        }
      }
    } catch (KafkaException e) {
      throw fail(e);
    } finally {
      collected.clear();
    }
  }

  /// Called by the producer's thread.
  private void answered(@Nullable Exception failed, Runnable next) {
    try {
      if (failed == null) {
        next.run();
      } else {
        fail(failed);
      }
    } catch (RuntimeException e) {
      // The producer would only log it.
      fail(e);
    }
  }

  private void announced(TrackPart part) {
    if (part.unannounced().decrementAndGet() == 0) {
      sendNext();
    }
  }

  private void stored(TrackPart part) {
    if (part.unstored().decrementAndGet() == 0) {
      done(part);
      sendNext();
    }
  }

  /// The next track is on its way, if it may. Called by the producer's thread.
  private void sendNext() {
    TrackPart part = next();
    if (part != null) {
      for (Outgoing job : part.jobs()) {
        var _ =
            producer.send(
                job.record(jobsTopic, part.partition(), part.trackId()),
                (place, e) -> answered(e, () -> stored(part)));
      }
    }
  }

  private synchronized @Nullable TrackPart next() {
    TrackPart head = waiting.peek();
    if (failure != null || head == null || head.unannounced().get() > 0 || !mayFollow()) {
      return null;
    }
    waiting.remove();
    underWay++;
    added += head.jobs().size();
    notifyAll();
    return head;
  }

  /// Whether nothing of an earlier track can be in a batch that is still open.
  private boolean mayFollow() {
    return underWay == 0 || (underWay < MOST_UNDER_WAY && departures.count() == added);
  }

  private synchronized void done(TrackPart part) {
    underWay--;
    stored += part.last() ? 1 : 0;
    bytes -= part.bytes();
    notifyAll();
  }

  private synchronized JobException fail(Exception e) {
    JobException first = failure == null ? notSent(e) : failure;
    failure = first;
    notifyAll();
    return first;
  }

  static JobException notSent(Throwable cause) {
    return new JobException(
        FailureCode.BROKER_UNREACHABLE,
        "The jobs could not be sent to Kafka: " + cause.getMessage(),
        cause);
  }

  private synchronized void awaitOrFail(BooleanSupplier condition) {
    try {
      while (failure == null && !condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notSent(e);
    }
    if (failure != null) {
      throw failure;
    }
  }
}
