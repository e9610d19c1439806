package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.kafka.QueueUse;
import dev.stemfleet.dispatcher.show.JobLine;
import dev.stemfleet.dispatcher.watch.Fleet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The queue as the page shows it. Immutable.
///
/// @param reachable whether Kafka answered when it was asked last
/// @param use absent when nobody has taken any job yet, or Kafka did not answer yet
/// @param holder the job that was begun first of those that have not ended, which holds the window
record QueuePiece(
    boolean reachable,
    @Nullable String trouble,
    @Nullable QueueUse use,
    boolean nearlyFull,
    @Nullable JobLine holder) {

  static QueuePiece of(QueueAsker.Answer answer, Fleet fleet) {
    Optional<QueueUse> use = answer.use();
    return new QueuePiece(
        answer.trouble().isEmpty(),
        answer.trouble().orElse(null),
        use.orElse(null),
        use.map(QueueUse::nearlyFull).orElse(false),
        fleet.firstBegun().map(JobLine::of).orElse(null));
  }
}
