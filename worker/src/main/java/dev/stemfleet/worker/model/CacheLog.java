package dev.stemfleet.worker.model;

import dev.stemfleet.common.message.ModelFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// What the model cache tells the log.
final class CacheLog {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);
  private static final int SHA256_DIGITS = 12;

  private CacheLog() {}

  static void hit(Resident resident, Instant now) {
    ModelFacts facts = resident.facts();
    about(LOG.atInfo(), resident.key())
        .log(
            "cache hit, loaded {} ago in {}, {} since",
            span(Duration.between(facts.residentSince(), now)),
            seconds(facts.loadSeconds()),
            facts.jobsServed() == 1 ? "1 job" : facts.jobsServed() + " jobs");
  }

  /// @param bytes of this model and of all that are resident now, as estimated
  static void miss(Resident resident, long bytes, long allBytes, MemoryBudget budget) {
    about(LOG.atInfo(), resident.key())
        .addKeyValue("megabytes", megabytes(bytes))
        .addKeyValue("allMegabytes", megabytes(allBytes))
        .log("cache miss: loaded in {}", seconds(resident.loadSeconds()));
    if (budget.limited() && allBytes > budget.bytes()) {
      overBudget(resident.key(), allBytes, budget);
    }
  }

  static void failed(ModelKey key, Throwable failure) {
    about(LOG.atDebug(), key).log("cache miss: not loaded: {}", failure.getMessage());
  }

  static void evicted(Seat seat, Instant now) {
    ModelFacts facts = seat.resident().join().facts();
    about(LOG.atInfo(), seat.key())
        .addKeyValue("megabytes", megabytes(seat.bytes()))
        .log(
            "evicted, {} freed: resident for {}, {} jobs",
            megabytes(seat.bytes()) + " MB",
            span(Duration.between(facts.residentSince(), now)),
            facts.jobsServed());
  }

  private static void overBudget(ModelKey key, long allBytes, MemoryBudget budget) {
    about(LOG.atWarn(), key)
        .addKeyValue("allMegabytes", megabytes(allBytes))
        .addKeyValue("budgetMegabytes", megabytes(budget.bytes()))
        .log("models take more than --model-memory allows, and none of them can be closed");
  }

  static void noRoom(ModelKey key, List<Seat> closed) {
    about(LOG.atWarn(), key)
        .addKeyValue("closed", closed.size())
        .log("the device has no room; every idle model was closed, loading once more");
  }

  private static LoggingEventBuilder about(LoggingEventBuilder line, ModelKey key) {
    return line.addKeyValue("model", key.ref().id())
        .addKeyValue("sha256", key.ref().sha256().substring(0, SHA256_DIGITS))
        .addKeyValue("device", key.device().key())
        .addKeyValue("dtype", key.dtype());
  }

  private static long megabytes(long bytes) {
    return Math.ceilDiv(bytes, 1_000_000L);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  }

  /// `40 s`, `5 min`, `2 h`, `3 d`.
  static String span(Duration span) {
    if (span.toSeconds() < 60) {
      return span.toSeconds() + " s";
    }
    if (span.toMinutes() < 60) {
      return span.toMinutes() + " min";
    }
    return span.toHours() < 48 ? span.toHours() + " h" : span.toDays() + " d";
  }
}
