package dev.stemfleet.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.fixture.Jobs;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobWriterTest {
  @Test
  void writesTheSameBytesAsTheWire() {
    Job one = Jobs.job("friday", "main");
    Job other = Jobs.job("friday \"drop\"", "drums");
    JobWriter writer = new JobWriter();

    Job later = one.inRun("later", one.submittedAt().plusMillis(1));
    for (Job job : List.of(one, other, one, later, timed(one), one)) {
      assertThat(writer.write(job)).isEqualTo(Wire.write(job));
    }
  }

  private static Job timed(Job job) {
    return new Job(
        job.schema(),
        job.jobId(),
        job.batch(),
        job.run(),
        job.submittedAt(),
        job.track(),
        job.channel(),
        job.model(),
        job.products(),
        OffsetDateTime.parse("2026-03-29T03:30:00+02:00"),
        job.directory() + "/é",
        List.of("no cover"));
  }
}
