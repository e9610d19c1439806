package dev.stemfleet.worker.faults;

import dev.stemfleet.common.domain.QueueMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A moment in a worker's way through a job, as the entry of a method of the worker's own program.
/// In this order.
enum Step {
  /// The job is in hand and nothing of it has begun.
  HELD("dev.stemfleet.worker.job.JobRunner", "run", ""),
  /// All stems lie in the worker's store.
  STEMS_WRITTEN("dev.stemfleet.worker.job.JobContext", "run", "DRAW"),
  /// All videos lie in the work folder.
  VIDEO_WRITTEN("dev.stemfleet.worker.job.JobContext", "run", "PLACE"),
  /// The lease was renewed for the last time; the outputs are about to be moved.
  PLACING("dev.stemfleet.worker.place.Placement", "place", ""),
  /// The outputs lie where people look for them; nobody has noted where.
  MOVED("dev.stemfleet.worker.place.Placement", "note", ""),
  /// The job is made and its try has ended; nobody has been told.
  PLACED("dev.stemfleet.worker.Answers", "done", ""),
  /// The brokers have the result; the accept is on its way to the Kafka thread.
  RESULT_SENT("dev.stemfleet.worker.queue.LeaseLoop", "acceptSoon", ""),
  /// All that is missing is the accept.
  BEFORE_ACCEPT("dev.stemfleet.worker.queue.ShareLease", "acceptSoon", ""),
  /// The result was sent in a transaction that lacks the job's offset.
  RESULT_IN_TRANSACTION(
      "org.apache.kafka.clients.producer.KafkaProducer", "sendOffsetsToTransaction", ""),
  /// Result and offset were sent and are about to be committed.
  BEFORE_COMMIT("org.apache.kafka.clients.producer.KafkaProducer", "commitTransaction", ""),
  /// Result and offset are committed.
  COMMITTED("dev.stemfleet.worker.place.Attempts", "forget", "");

  private static final List<Step> ON_BOTH =
      List.of(STEMS_WRITTEN, VIDEO_WRITTEN, PLACING, MOVED, PLACED);

  private final String type;
  private final String method;
  private final String stage;

  /// @param stage that the method's first argument must be; empty where it does not matter
  Step(String type, String method, String stage) {
    this.type = type;
    this.method = method;
    this.stage = stage;
  }

  /// Those that a job goes through.
  static List<Step> of(QueueMode queue) {
    List<Step> last =
        switch (queue) {
          case SHARE -> List.of(RESULT_SENT, BEFORE_ACCEPT);
          case GROUP -> List.of(RESULT_IN_TRANSACTION, BEFORE_COMMIT, COMMITTED);
        };
    return Stream.concat(ON_BOTH.stream(), last.stream()).toList();
  }

  String type() {
    return type;
  }

  String method() {
    return method;
  }

  String stage() {
    return stage;
  }

  /// Whether it comes after the job was made.
  boolean isOfTheAnswer() {
    return compareTo(PLACED) > 0;
  }

  /// Whether the outputs are where people look for them.
  boolean isInPlace() {
    return compareTo(MOVED) >= 0;
  }

  /// Whether everybody has the result, but the queue does not know.
  boolean isToldOnly() {
    return this == RESULT_SENT || this == BEFORE_ACCEPT;
  }

  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
