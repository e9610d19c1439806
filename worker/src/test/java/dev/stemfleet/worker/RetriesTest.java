package dev.stemfleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Job;
import dev.stemfleet.fixture.Jobs;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.place.OutputRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetriesTest {
  private static final RandomGenerator LONGEST = () -> Long.MAX_VALUE;
  private static final Retries.Step RELEASE = new Retries.Step.Release();
  private static final Retries.Step GIVE_UP = new Retries.Step.GiveUp();

  @TempDir Path out;
  private final Job job = Jobs.job("friday", "main");

  @Test
  void waitsDoubleUpToHalfAMinute() {
    Retries.Course course = retries(Duration.ofMinutes(10)).course(job);

    assertThat(wait(course.after(1))).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(wait(course.after(3))).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(wait(course.after(40))).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  @Test
  void aJobThatSeveralWorkersGaveUpEndsAsFailedHoweverOftenItWasHandedOut() {
    // Given three workers that share nothing but the output folder
    assertThat(worker().course(job).after(4)).isEqualTo(RELEASE);
    assertThat(worker().course(job).triesBefore()).isEqualTo(4);
    assertThat(worker().course(job).after(2)).isEqualTo(RELEASE);

    // Then the third one ends it, and counts the tries of all
    Retries.Course last = worker().course(job);
    assertThat(last.triesBefore()).isEqualTo(6);
    assertThat(last.after(1)).isEqualTo(GIVE_UP);
  }

  @Test
  void aLaterRunBeginsAnew() {
    assertThat(worker().course(job).after(1)).isEqualTo(RELEASE);
    assertThat(worker().course(job).after(1)).isEqualTo(RELEASE);

    Job again = job.inRun("01900000-0000-7000-8000-000000000001", job.submittedAt());

    assertThat(worker().course(again).triesBefore()).isZero();
    assertThat(worker().course(again).after(1)).isEqualTo(RELEASE);
  }

  @Test
  void aTryThatEndedWithItsWorkerCountsAsATryAndNotAsGivenUp() {
    new Attempts(new OutputRoot(out)).begin(job.jobId(), job.run());

    assertThat(worker().course(job).triesBefore()).isEqualTo(1);
    assertThat(worker().course(job).after(1)).isEqualTo(RELEASE);
    assertThat(worker().course(job).after(1)).isEqualTo(RELEASE);
    assertThat(worker().course(job).after(1)).isEqualTo(GIVE_UP);
  }

  @Test
  void whatCannotBeWrittenDownIsRememberedByTheWorker() throws IOException {
    // Given an output folder in which no marks can be made
    Files.writeString(Files.createDirectories(out.resolve(".stemfleet")).resolve("attempts"), "");
    Retries one = worker();

    // Then the job ends all the same
    assertThat(one.course(job).after(1)).isEqualTo(RELEASE);
    assertThat(one.course(job).after(1)).isEqualTo(RELEASE);
    assertThat(one.course(job).after(1)).isEqualTo(GIVE_UP);
  }

  private Retries worker() {
    return retries(Duration.ZERO);
  }

  private Retries retries(Duration retryFor) {
    return new Retries(retryFor, LONGEST, new Attempts(new OutputRoot(out)));
  }

  private static Duration wait(Retries.Step step) {
    assertThat(step).isInstanceOf(Retries.Step.Wait.class);
    return ((Retries.Step.Wait) step).duration();
  }
}
