package dev.stemfleet.dispatcher.publish;

import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.BatchPartition;
import dev.stemfleet.common.kafka.KafkaClients;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Sends many tracks, several at a time: every job to the batches topic, and once it is stored
/// there, to the jobs topic, where each track is one producer batch.
///
/// A producer that ends a batch waits until it is stored, so one alone is idle most of the time.
/// Two lanes with a producer each overlap. A track may change places with its direct neighbour on
/// the jobs topic, and goes no further: none starts before all but one of those ahead of it are
/// stored.
///
/// For one caller's thread; owns the lanes' threads; the caller closes.
public final class TrackLanes implements AutoCloseable {
  private static final int LANES = 2;

  /// Enough to keep the lanes busy. What lies here is all of a submit that is in memory as bytes.
  private static final int MOST_TRACKS = 32;

  private static final long MOST_BYTES = 16L << 20;

  private final KafkaClients clients;
  private final Producer<String, byte[]> announcer;
  private final String batchesTopic;
  private final List<Thread> lanes = new ArrayList<>();

  // Guarded by this:
  private final Queue<Track> waiting = new ArrayDeque<>();
  private final TreeSet<Long> underWay = new TreeSet<>();
  private long taken;
  private long stored;
  private long bytes;
  private boolean closing;
  private @Nullable JobException failure;

  /// One job of a track. The bytes are not copied: they must not be changed after hand-over.
  @SuppressWarnings("ArrayRecordComponent")
  public record Outgoing(String batch, String jobId, byte[] value) {}

  private record Track(
      long number,
      String id,
      List<TrackPublisher.Message> jobs,
      List<Future<RecordMetadata>> announced,
      long bytes) {}

  private TrackLanes(KafkaClients clients) {
    this.clients = clients;
    this.announcer = clients.batchesProducer();
    this.batchesTopic = clients.settings().topics().batches();
  }

  /// Opens lanes that belong to the calling thread. Threads start with the first track.
  public static TrackLanes open(KafkaClients clients) {
    return new TrackLanes(clients);
  }

  /// Takes all jobs of a track and sends them soon; waits while too many are on their way.
  ///
  /// @throws JobException `BROKER_UNREACHABLE` if this or an earlier track could not be sent
  public void send(String trackId, List<Outgoing> jobs) {
    long size = jobs.stream().mapToLong(job -> job.value().length).sum();
    awaitRoom(size);
    List<Future<RecordMetadata>> announced = new ArrayList<>(jobs.size());
    List<TrackPublisher.Message> messages = new ArrayList<>(jobs.size());
    try {
      for (Outgoing job : jobs) {
        announced.add(
            announcer.send(
                BatchPartition.record(
                    announcer, batchesTopic, job.batch(), job.jobId(), job.value())));
        messages.add(new TrackPublisher.Message(job.value(), Map.of()));
      }
    } catch (KafkaException e) {
      throw TrackPublisher.notSent(e);
    }
    add(trackId, messages, announced, size);
  }

  /// Waits until everything is stored.
  ///
  /// @throws JobException `BROKER_UNREACHABLE` if something could not be sent
  public void flush() {
    announcer.flush();
    synchronized (this) {
      awaitUntil(() -> stored >= taken || failure != null);
      throwFailure();
    }
  }

  /// Tracks that were taken and are not known to be stored.
  public synchronized int unconfirmed() {
    return Math.toIntExact(taken - stored);
  }

  /// Sends what was taken, unless something failed before.
  @Override
  public void close() {
    announcer.flush();
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      for (Thread lane : lanes) {
        lane.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    announcer.close();
  }

  private synchronized void awaitRoom(long size) {
    awaitUntil(
        () ->
            failure != null
                || (waiting.size() < MOST_TRACKS && (bytes == 0 || bytes + size <= MOST_BYTES)));
    throwFailure();
  }

  private synchronized void add(
      String trackId,
      List<TrackPublisher.Message> jobs,
      List<Future<RecordMetadata>> announced,
      long size) {
    waiting.add(new Track(taken++, trackId, jobs, announced, size));
    bytes += size;
    if (lanes.size() < Math.min(LANES, taken)) {
      int number = lanes.size() + 1;
      lanes.add(Thread.ofPlatform().name("stemfleet-lane-" + number).daemon().start(this::lane));
    }
    notifyAll();
  }

  private void lane() {
    try (TrackPublisher publisher = TrackPublisher.open(clients)) {
      for (Track track = next(); track != null; track = next()) {
        publisher.await(track.announced());
        publisher.publishTrack(track.id(), track.jobs());
        done(track);
      }
    } catch (JobException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(TrackPublisher.notSent(e));
    }
  }

  private synchronized @Nullable Track next() {
    awaitUntil(
        () -> failure != null || (waiting.isEmpty() ? closing : mayStart(waiting.element())));
    if (failure != null || waiting.isEmpty()) {
      return null;
    }
    Track track = waiting.remove();
    underWay.add(track.number());
    notifyAll();
    return track;
  }

  private boolean mayStart(Track track) {
    return underWay.isEmpty() || track.number() - underWay.first() < LANES;
  }

  private synchronized void done(Track track) {
    underWay.remove(track.number());
    stored++;
    bytes -= track.bytes();
    notifyAll();
  }

  private synchronized void fail(JobException e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  /// To be called with this object's lock held.
  private void awaitUntil(BooleanSupplier condition) {
    try {
      while (!condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TrackPublisher.notSent(e);
    }
  }
}
