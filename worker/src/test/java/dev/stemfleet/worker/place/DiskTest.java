package dev.stemfleet.worker.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What failed writes mean, whoever wrapped them.
final class DiskTest {
  private static final Path WORK = Path.of("/out/.stemfleet/work/w1");

  @Test
  void aFullDiskIsAFullDiskWithTheFileThatTheSystemNames() {
    IOException full = new FileSystemException("/out/a.mp4", null, "No space left on device");

    JobException failure = Disk.failure(WORK, new UncheckedIOException(full));

    assertThat(failure.code()).isEqualTo(FailureCode.DISK_FULL);
    assertThat(failure).hasMessageContaining("/out/a.mp4");
  }

  @Test
  void aFullDiskOrQuotaWithoutAFileNamesTheFolder() {
    for (String words : new String[] {"No space left on device", "Disk quota exceeded"}) {
      JobException failure = Disk.failure(WORK, new UncheckedIOException(new IOException(words)));

      assertThat(failure.code()).isEqualTo(FailureCode.DISK_FULL);
      assertThat(failure).hasMessageContaining(WORK.toString());
    }
  }

  @Test
  void whatElseCannotBeWrittenIsUnwritable() {
    JobException failure =
        Disk.failure(WORK, new UncheckedIOException(new IOException("Read-only file system")));

    assertThat(failure.code()).isEqualTo(FailureCode.OUTPUT_UNWRITABLE);
    assertThat(failure).hasMessageContainingAll(WORK.toString(), "Read-only file system");
  }
}
