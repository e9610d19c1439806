package dev.stemfleet.worker;

import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which jobs nobody wants any more: what the control topic has said so far. A cancel means jobs
/// that were submitted before it, so that the same batch submitted later runs. Told by one thread,
/// asked by any.
final class Cancels {
  private static final Logger LOG = LoggerFactory.getLogger(Cancels.class);

  private final Map<String, Instant> latest = new ConcurrentHashMap<>();

  /// Takes in one message of the control topic; may be told the same again.
  void hear(TopicReader.Entry entry) {
    if (entry.value().isEmpty()) {
      latest.remove(entry.key());
      return;
    }
    try {
      Control control = Wire.read(entry.value().get(), Control.class);
      latest.merge(control.target(), control.requestedAt(), (a, b) -> a.isAfter(b) ? a : b);
    } catch (WireException e) {
      LOG.atWarn().log("a message of the control topic is passed over: {}", e.getMessage());
    }
  }

  /// Whether the job was cancelled since it was submitted, by its id, its batch or its run.
  boolean mean(Job job) {
    return !latest.isEmpty()
        && Stream.of(job.jobId(), job.batch(), job.run())
            .map(latest::get)
            .anyMatch(at -> at != null && job.submittedAt().isBefore(at));
  }
}
