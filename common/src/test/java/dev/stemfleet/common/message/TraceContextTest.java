package dev.stemfleet.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.fixture.Jobs;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceContextTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @Test
  void aHeaderIsReadAndWrittenAsTheStandardSays() {
    TraceContext read = TraceContext.parse("00-" + TRACE + "-" + SPAN + "-01").orElseThrow();

    assertThat(read).isEqualTo(new TraceContext(TRACE, SPAN, true));
    assertThat(read.header()).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
    assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-00").orElseThrow().sampled())
        .isFalse();
  }

  @Test
  void aLaterVersionCountsAsFarAsItIsKnown() {
    assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-03-what-the-future-brings"))
        .contains(new TraceContext(TRACE, SPAN, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "00-" + TRACE + "-" + SPAN,
        "00-" + TRACE + "-" + SPAN + "-01-more",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01"
      })
  void whatIsNoTraceIsIgnored(String header) {
    assertThat(TraceContext.parse(header)).isEmpty();
  }

  @Test
  void aRunOfAJobHasOneTraceWhoeverAsks() {
    Job job = Jobs.job("friday", "main");
    Job again = job.inRun("01900000-0000-7000-8000-000000000009", Instant.EPOCH, false);

    assertThat(TraceContext.of(job)).isEqualTo(TraceContext.of(Jobs.job("friday", "main")));
    assertThat(TraceContext.of(job).traceId()).isNotEqualTo(TraceContext.of(again).traceId());
    assertThat(TraceContext.parse(TraceContext.of(job).header())).contains(TraceContext.of(job));
  }

  @Test
  void aStepKeepsTheTraceAndHasASpanOfItsOwn() {
    TraceContext start = new TraceContext(TRACE, SPAN, true);

    assertThat(start.step("w1").traceId()).isEqualTo(TRACE);
    assertThat(start.step("w1").spanId()).matches("[0-9a-f]{16}").isNotEqualTo(SPAN);
    assertThat(start.step("w1")).isEqualTo(start.step("w1")).isNotEqualTo(start.step("w2"));
  }
}
