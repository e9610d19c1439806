package dev.stemfleet.worker;

import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.worker.place.Attempts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What follows a failure that may pass: the same worker waits and tries again while it holds the
/// lease, with doubling waits and jitter; then another worker may have the job; a job that was
/// given up several times ends as failed.
///
/// How often it was given up stands beside the outputs, where every worker sees it. The queue's
/// count of deliveries is of no use here: it rises for neighbours, too. Used by the job loop's
/// thread.
final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /// A job that was given up so often was tried for long by several workers, or by one for very
  /// long.
  private static final int ENOUGH = 3;

  private static final int REMEMBERED = 1000;

  private final Duration retryFor;
  private final RandomGenerator random;
  private final Attempts attempts;

  /// What could not be written down: the disk may be what fails.
  private final Map<String, Attempts.Past> unwritten =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts.Past> eldest) {
          return size() > REMEMBERED;
        }
      };

  /// @param retryFor how long one worker tries
  /// @param attempts where workers tell each other about tries
  Retries(Duration retryFor, RandomGenerator random, Attempts attempts) {
    this.retryFor = retryFor;
    this.random = random;
    this.attempts = attempts;
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

  /// The tries of one delivery of a job.
  Course course(Job job) {
    return new Course(job, past(job));
  }

  private Attempts.Past past(Job job) {
    Attempts.Past here = unwritten.getOrDefault(key(job), Attempts.Past.NONE);
    try {
      Attempts.Past told = attempts.past(job.jobId(), job.run());
      return new Attempts.Past(
          told.unended(), told.givenBack() + here.givenBack(), told.tries() + here.tries());
    } catch (JobException e) {
      LOG.atWarn().log("earlier tries are not known: {}", e.getMessage());
      return here;
    }
  }

  private void giveBack(Job job, int tries) {
    try {
      attempts.giveBack(job.jobId(), job.run(), tries);
    } catch (JobException e) {
      LOG.atWarn().log("given up without a mark: {}", e.getMessage());
      unwritten.merge(
          key(job),
          Attempts.Past.NONE.andGivenBack(tries),
          (before, one) -> before.andGivenBack(tries));
    }
  }

  private static String key(Job job) {
    return job.jobId() + "/" + job.run();
  }

  /// The tries of one delivery.
  final class Course {
    private final Job job;
    private final Attempts.Past past;
    private final long startNanos = System.nanoTime();

    private Course(Job job, Attempts.Past past) {
      this.job = job;
      this.past = past;
    }

    /// Tries of this run before this delivery, by any worker.
    int triesBefore() {
      return past.tries();
    }

    /// Also writes it down when the job is to be given up here.
    ///
    /// @param tries of this delivery
    Step after(int tries) {
      double doubled = FIRST_WAIT.toMillis() * Math.pow(2, tries - 1.0);
      double base = Math.min(doubled, (double) LONGEST_WAIT.toMillis());
      Duration wait = Duration.ofMillis((long) (base * random.nextDouble(0.5, 1)));
      Duration spent = Duration.ofNanos(System.nanoTime() - startNanos);
      if (spent.plus(wait).compareTo(retryFor) <= 0) {
        return new Step.Wait(wait);
      }
      if (past.givenBack() + 1 >= ENOUGH) {
        return new Step.GiveUp();
      }
      giveBack(job, tries);
      return new Step.Release();
    }
  }
}
