package dev.stemfleet.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.fixture.Jobs;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JobWriterTest {
  @Test
  void writesTheSameBytesAsTheWire() {
    Job one = Jobs.job("friday", "main");
    Job other = Jobs.job("friday \"drop\"", "drums");
    JobWriter writer = new JobWriter();

    for (Job job : List.of(one, other, one, one.inRun("later", one.submittedAt()))) {
      assertThat(writer.write(job)).isEqualTo(Wire.write(job));
    }
  }
}
