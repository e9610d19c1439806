package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.dispatcher.plan.NamePattern;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the topics into a [FleetView]. For one thread at a time; the caller closes.
///
/// Messages that cannot be read are counted and passed over: a watcher must not stop at what a
/// newer version wrote. All methods throw Kafka's `KafkaException` when the broker does not answer.
public final class FleetFeed implements AutoCloseable {
  private final FleetView view = new FleetView();
  private final Topics topics;
  private final TopicReader reader;
  private final Consumer<Result> onResult;
  private @Nullable BatchGlance glance;
  private final Set<String> announced = new HashSet<>();
  private long unreadable;
  private long read;

  private FleetFeed(Topics topics, TopicReader reader, Consumer<Result> onResult) {
    this.topics = topics;
    this.reader = reader;
    this.onResult = onResult;
  }

  /// Everything that the fleet remembers, and what comes.
  ///
  /// @param eventsSince older events are not read: they are many, and only running jobs and live
  ///   workers are known from events alone
  public static FleetFeed ofHistory(KafkaClients clients, Instant eventsSince) {
    Topics topics = clients.settings().topics();
    return of(topics, TopicReader.fromStart(clients, all(topics)), eventsSince);
  }

  /// Everything that the fleet remembers about some batches and about workers, and what comes.
  /// Takes far less time than the whole history.
  public static FleetFeed ofBatches(
      KafkaClients clients, Instant eventsSince, NamePattern batches) {
    FleetFeed feed = ofHistory(clients, eventsSince);
    feed.glance = BatchGlance.of(batches);
    return feed;
  }

  /// The same for one batch, read from where it should lie alone; how much else the fleet remembers
  /// hardly matters. When no job of it {@link #isAnnounced is announced} there, it may still be
  /// elsewhere: written by an older version.
  ///
  /// @param batch {@link NamePattern#isOneName stands for one name}
  public static FleetFeed ofBatch(KafkaClients clients, Instant eventsSince, NamePattern batch) {
    Topics topics = clients.settings().topics();
    TopicReader reader = TopicReader.ofBatch(clients, all(topics), batch.toString());
    FleetFeed feed = of(topics, reader, eventsSince);
    feed.glance = BatchGlance.of(batch);
    return feed;
  }

  private static FleetFeed of(Topics topics, TopicReader reader, Instant eventsSince) {
    try {
      reader.skip(topics.events(), eventsSince);
      return new FleetFeed(topics, reader, result -> {});
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /// Only what comes from now on.
  ///
  /// @param onResult is given every result whole, repeated ones, too
  public static FleetFeed fromNow(KafkaClients clients, Consumer<Result> onResult) {
    Topics topics = clients.settings().topics();
    return new FleetFeed(topics, TopicReader.fromEnd(clients, all(topics)), onResult);
  }

  /// The state as far as it was read.
  public FleetView view() {
    return view;
  }

  /// Messages that could not be read so far.
  public long unreadable() {
    return unreadable;
  }

  /// Messages that were taken in so far: while it stays, so does the state.
  public long read() {
    return read;
  }

  /// Whether everything was read that lay on the topics when this feed was opened.
  public boolean caughtUp() {
    return reader.caughtUp();
  }

  /// Whether a job was read, as it was submitted, of a batch that matches.
  public boolean isAnnounced(NamePattern batch) {
    return announced.stream().anyMatch(batch);
  }

  /// Reads what is there, waiting for it if there is nothing.
  ///
  /// @param wait how long at most
  public void poll(Duration wait) {
    reader.poll(wait).forEach(this::take);
  }

  /// Reads until all was read that lay on the topics when this feed was opened.
  public void catchUp() {
    while (!caughtUp()) {
      poll(Duration.ofMillis(100));
    }
  }

  @Override
  public void close() {
    reader.close();
  }

  private static Set<String> all(Topics topics) {
    return Set.of(topics.batches(), topics.results(), topics.control(), topics.events());
  }

  private void take(TopicReader.Entry entry) {
    read++;
    if (entry.value().isEmpty()) {
      return;
    }
    BatchGlance look = glance;
    boolean control = entry.topic().equals(topics.control());
    if (look != null && !control && !look.concerns(entry.value().get())) {
      return;
    }
    try {
      take(entry.topic(), entry.value().get());
    } catch (WireException e) {
      unreadable++;
    }
  }

  private void take(String topic, byte[] value) throws WireException {
    if (topic.equals(topics.batches())) {
      Job job = Wire.read(value, Job.class);
      announced.add(job.batch());
      view.apply(job);
    } else if (topic.equals(topics.results())) {
      Result result = Wire.read(value, Result.class);
      view.apply(result);
      onResult.accept(result);
    } else if (topic.equals(topics.control())) {
      view.apply(Wire.read(value, Control.class));
    } else {
      view.apply(Wire.read(value, Event.class));
    }
  }
}
