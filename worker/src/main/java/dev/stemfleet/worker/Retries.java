package dev.stemfleet.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// What follows a failure that may pass: the same worker waits and tries again while it holds the
/// lease, with doubling waits and jitter; then another worker may have the job; a job that was
/// handed out several times ends as failed. Thread-safe.
final class Retries {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /// Handed out so often, a job was given back by several workers that all tried for long.
  private static final int ENOUGH_DELIVERIES = 3;

  private final Duration retryFor;
  private final RandomGenerator random;

  /// @param retryFor how long one worker tries
  Retries(Duration retryFor, RandomGenerator random) {
    this.retryFor = retryFor;
    this.random = random;
  }

  /// What to do next.
  sealed interface Step {
    /// Try again here after a wait.
    record Wait(Duration duration) implements Step {}

    /// Let another worker try.
    record Release() implements Step {}

    /// End as failed.
    record GiveUp() implements Step {}
  }

  /// @param deliveryCount how often the queue handed the job out, this time included
  Course course(int deliveryCount) {
    return new Course(deliveryCount);
  }

  /// The tries of one delivery.
  final class Course {
    private final int deliveryCount;
    private final long startNanos = System.nanoTime();

    private Course(int deliveryCount) {
      this.deliveryCount = deliveryCount;
    }

    Step after(int attempt) {
      double doubled = FIRST_WAIT.toMillis() * Math.pow(2, attempt - 1.0);
      double base = Math.min(doubled, (double) LONGEST_WAIT.toMillis());
      Duration wait = Duration.ofMillis((long) (base * random.nextDouble(0.5, 1)));
      Duration spent = Duration.ofNanos(System.nanoTime() - startNanos);
      if (spent.plus(wait).compareTo(retryFor) <= 0) {
        return new Step.Wait(wait);
      }
      return deliveryCount < ENOUGH_DELIVERIES ? new Step.Release() : new Step.GiveUp();
    }
  }
}
