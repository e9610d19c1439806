package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Memory is bounded by segments, not by a track's length: a worker with a heap of 256 MB makes a
/// short track and then a long one, mono at 8 kHz, one stem.
///
/// The long one has [#MINUTES] minutes; `./mvnw verify -Plong` makes that three hours.
@ExtendWith(FleetExtension.class)
final class LongTrackTest {
  private static final int MINUTES = Integer.getInteger("stemfleet.long.minutes", 4);
  private static final Duration PATIENCE = Duration.ofSeconds(120 + 30L * MINUTES);
  private static final long MEGABYTE = 1 << 20;

  /// As samples, four minutes are 85 MB.
  private static final long MORE_AT_MOST = 64 * MEGABYTE;

  @Test
  void aLongTrackNeedsNoMoreMemoryThanAShortOne(TestFleet fleet) throws IOException {
    // Given a worker that has everything it makes once, and its peak with a short track
    WorkerUnderTest worker = fleet.worker("w1");
    make(fleet, "first", 20);
    forgetPeak(worker);
    make(fleet, "short", 60);
    long peakOfShort = peakBytes(worker);
    forgetPeak(worker);

    // When
    Result result = make(fleet, "long", MINUTES * 60);

    // Then
    long peakOfLong = peakBytes(worker);
    System.out.printf(
        "%d minutes of sound: peak %d MB, one minute: %d MB; stages %s%n",
        MINUTES, peakOfLong / MEGABYTE, peakOfShort / MEGABYTE, result.stageSeconds());
    assertThat(peakOfLong - peakOfShort).isLessThan(MORE_AT_MOST);
    Video video = new Made(fleet.out(), result).video(Stem.INSTRUMENTAL);
    assertThat(Double.parseDouble(video.stream("audio").get("duration").asText()))
        .isCloseTo(MINUTES * 60.0, within(1.0 / TestSound.RATE_HZ));
    assertThat(Double.parseDouble(video.stream("video").get("duration").asText()))
        .isCloseTo(MINUTES * 60.0, within(1.0 / 24));
  }

  private static void tone(Path file, int seconds) {
    String source = "sine=frequency=220:beep_factor=4:sample_rate=8000:duration=" + seconds;
    FfmpegProgram.ffmpeg().run("-v", "error", "-f", "lavfi", "-i", source, "-ac", 1, file);
  }

  private static Result make(TestFleet fleet, String name, int seconds) {
    tone(fleet.music().resolve(name + ".flac"), seconds);
    TestFleet.Said said =
        fleet.stemfleet(
            "submit",
            fleet.music().resolve(name + ".flac"),
            "--job",
            name,
            "--channels",
            "main",
            "--stems",
            "instrumental");
    assertThat(said.exitCode()).as(said.err()).isZero();
    Result result = fleet.awaitResults(name, 1, PATIENCE).getFirst();
    assertThat(result.failure()).isNull();
    return result;
  }

  /// The kernel's high-water mark of the whole process, native memory included; 0 on systems that
  /// keep none, where the heap of 256 MB is bound enough.
  private static long peakBytes(WorkerUnderTest worker) throws IOException {
    Path status = process(worker).resolve("status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  /// Sets the mark to what is resident now, as `proc(5)` says under `clear_refs`.
  private static void forgetPeak(WorkerUnderTest worker) throws IOException {
    Path clear = process(worker).resolve("clear_refs");
    if (Files.isWritable(clear)) {
      Files.writeString(clear, "5");
    }
  }

  private static Path process(WorkerUnderTest worker) {
    return Path.of("/proc", Long.toString(worker.pid()));
  }
}
