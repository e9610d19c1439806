package dev.stemfleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RetriesTest {
  private static final RandomGenerator LONGEST = () -> Long.MAX_VALUE;

  @Test
  void waitsDoubleUpToHalfAMinute() {
    Retries.Course course = retries(Duration.ofMinutes(10)).course(1);

    assertThat(wait(course.after(1))).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(wait(course.after(3))).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(wait(course.after(40))).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  @Test
  void aJobThatThisWorkerTriedForLongGoesToAnother() {
    assertThat(retries(Duration.ZERO).course(1).after(1)).isEqualTo(new Retries.Step.Release());
  }

  @Test
  void aJobThatSeveralWorkersGaveBackEndsAsFailed() {
    assertThat(retries(Duration.ZERO).course(3).after(1)).isEqualTo(new Retries.Step.GiveUp());
  }

  private static Retries retries(Duration retryFor) {
    return new Retries(retryFor, LONGEST);
  }

  private static Duration wait(Retries.Step step) {
    assertThat(step).isInstanceOf(Retries.Step.Wait.class);
    return ((Retries.Step.Wait) step).duration();
  }
}
