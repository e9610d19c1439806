package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The results topic as a stream, each answer once. For one thread at a time; the caller closes.
public final class ResultTail implements AutoCloseable {
  private final TopicReader reader;
  private final Predicate<Result> wanted;
  private final Set<Answer> seen = new HashSet<>();
  private long unreadable;

  private record Answer(String jobId, String run, String specHash, Result.State state) {}

  private ResultTail(TopicReader reader, Predicate<Result> wanted) {
    this.reader = reader;
    this.wanted = wanted;
  }

  /// @param fromBeginning whether to begin with the oldest result that is kept
  public static ResultTail open(
      KafkaClients clients, boolean fromBeginning, Predicate<Result> wanted) {
    Set<String> topics = Set.of(clients.settings().topics().results());
    TopicReader reader =
        fromBeginning
            ? TopicReader.fromStart(clients, topics)
            : TopicReader.fromEnd(clients, topics);
    return new ResultTail(reader, wanted);
  }

  /// The next results.
  ///
  /// @return empty if none came in time
  public List<Result> poll(Duration wait) {
    List<Result> results = new ArrayList<>();
    for (TopicReader.Entry entry : reader.poll(wait)) {
      try {
        if (entry.value().isPresent()) {
          add(Wire.read(entry.value().get(), Result.class), results);
        }
      } catch (WireException e) {
        unreadable++;
      }
    }
    return results;
  }

  /// Whether everything was handed out that lay on the topic when this was opened.
  public boolean caughtUp() {
    return reader.caughtUp();
  }

  /// Messages that could not be read so far.
  public long unreadable() {
    return unreadable;
  }

  @Override
  public void close() {
    reader.close();
  }

  private void add(Result result, List<Result> results) {
    if (wanted.test(result) && seen.add(answer(result))) {
      results.add(result);
    }
  }

  private static Answer answer(Result result) {
    return new Answer(result.jobId(), result.run(), result.specHash(), result.state());
  }
}
