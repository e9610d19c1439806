package dev.stemfleet.worker.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.speech.Candidates;
import dev.stemfleet.common.domain.speech.ChunkLimits;
import dev.stemfleet.common.domain.speech.Levelling;
import dev.stemfleet.common.domain.speech.Pauses;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.domain.speech.Speech;
import dev.stemfleet.common.domain.speech.Thresholds;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.worker.clip.CacheBudgets;
import dev.stemfleet.worker.clip.ClipCaches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scripts through all rooms of a worker, spoken by the demonstration voice.
final class NarrationJobTest {
  private static final String TALE =
      "Once there was a ferry that left before anybody woke.\n\n"
          + "<speaker:guest>I have seen it myself! <speaker:narrator>Nobody believed him.";
  private static final String LONG =
      IntStream.range(0, 30).mapToObj("This is number %d.  "::formatted).reduce("", String::concat);

  // Opening takes hundreds of megabytes: all tests share one.
  private static ClipCaches clips;
  private static volatile Path assets;

  @TempDir Path folder;
  private ScriptRoom room;

  @BeforeAll
  static void openClips() {
    clips =
        ClipCaches.open(
            CacheBudgets.forVideosUpTo(ScriptRoom.WIDTH, ScriptRoom.HEIGHT),
            asset -> assets.resolve(asset.name()));
  }

  @AfterAll
  static void closeClips() {
    clips.close();
  }

  @BeforeEach
  void open() throws IOException {
    assets = folder.resolve("assets");
    room = new ScriptRoom(folder, "one", clips);
  }

  @AfterEach
  void close() throws Exception {
    room.close();
  }

  @Test
  void aScriptOfTwoSpeakersIsSpokenOnceForThreeChannels() throws IOException {
    List<Result> results =
        Stream.of("main", "backup", "tales")
            .map(channel -> done(room.run(room.job(TALE, speech(), channel), free(), silent())))
            .toList();

    assertThat(room.said).as("three chunks in two candidates each").hasSize(6);
    assertThat(results)
        .extracting(result -> result.caches().audioEncodes())
        .containsExactly(1, 0, 0);
    SpeechReport report = report(results.getFirst());
    assertThat(report.chunks())
        .extracting(SpeechReport.ChunkReport::speaker)
        .containsExactly("narrator", "guest", "narrator");
    double seconds = 0.80 + 0.30;
    for (SpeechReport.ChunkReport chunk : report.chunks()) {
      seconds += chunk.takes().get(chunk.selected()).seconds();
    }
    assertThat(report.seconds()).isCloseTo(seconds, within(0.001));
    for (Result result : results) {
      assertThat(video(result).seconds()).isCloseTo(seconds, within(1.0 / 24));
      assertThat(result.warnings())
          .anyMatch(warning -> warning.contains("demonstration voice"))
          .anyMatch(warning -> warning.contains("No recogniser listened"));
      assertThat(report(result)).isEqualTo(report);
    }
    DecodedSound sound = DecodedSound.of(room.out().resolve(video(results.getFirst()).path()));
    assertThat(sound.left().length / 44_100.0).isCloseTo(seconds, within(0.001));
    assertThat(peakDb(sound)).as("levelled to a peak of −1.5 dB").isBetween(-2.0, 0.0);
    assertThat(results.getFirst().model().id()).isEqualTo("demonstration");
    assertThat(results.getLast().model().jobsServed()).isEqualTo(3);
    assertThat(folder.resolve("out/.stemfleet/takes")).isEmptyDirectory();
  }

  @Test
  void whatWasSpokenBeforeAWorkerStoppedIsNotSpokenAgainByAnother() throws Exception {
    Job job = room.job(LONG, speech(), "main");
    List<Integer> units = new ArrayList<>();
    Stopping stopping = new Stopping(17);

    JobOutcome stopped = room.run(job, stopping.lease(false), stopping);
    assertThat(stopped).isInstanceOf(JobOutcome.Stopped.class);
    assertThat(room.said).hasSize(17);

    try (ScriptRoom other = new ScriptRoom(folder, "two", clips)) {
      Result result = done(other.run(job, free(), counting(units)));

      assertThat(other.said).hasSize(60 - 17);
      assertThat(room.said.subList(0, 16)).doesNotContainAnyElementsOf(other.said.subList(1, 43));
      assertThat(report(result).chunks()).hasSize(30);
      assertThat(units).contains(1, 17, 18, 60).isSorted();
    }
  }

  @Test
  void aLostLeaseAndACancelledJobStopBetweenTakes() {
    Job job = room.job(LONG, speech(), "main");
    Stopping lost = new Stopping(3);
    assertThat(room.run(job, lost.lease(true), lost))
        .isEqualTo(new JobOutcome.Stopped("the lease is lost"));
    assertThat(room.said).hasSize(3);

    Stopping cancelled = new Stopping(5);
    assertThat(room.run(job, cancelled.cancelled(), cancelled))
        .isInstanceOfSatisfying(
            JobOutcome.Cancelled.class,
            end -> assertThat(end.failure().code()).isEqualTo(FailureCode.CANCELLED));
    assertThat(room.said).hasSize(5);
  }

  @Test
  void twentyScriptsAreServedByTheOneThatIsThere() {
    Result last = null;
    Result first = null;
    for (int i = 0; i < 20; i++) {
      last =
          done(
              room.run(
                  room.job("Script number %d.".formatted(i), speech(), "main"), free(), silent()));
      first = first == null ? last : first;
    }

    assertThat(last.model().residentSince()).isEqualTo(first.model().residentSince());
    assertThat(last.model().jobsServed()).isEqualTo(20);
  }

  @Test
  void aRunWhoseOutputsAnotherRunHasJustPutInPlaceAnswersForItself() throws Exception {
    Job job = room.job(TALE, speech(), "main");
    Job again = room.ofAnotherRun(job);
    try (ScriptRoom other = new ScriptRoom(folder, "two", clips)) {
      List<Result> firsts = new ArrayList<>();
      Reporter overtaken =
          new Counting() {
            @Override
            public void stageEnded(Job ended, Stage stage, double seconds) {
              if (stage == Stage.VIDEO) {
                firsts.add(done(other.run(job, free(), silent())));
              }
            }
          };
      Result second = done(room.run(again, free(), overtaken));

      Result first = firsts.getFirst();
      assertThat(first.run()).isEqualTo(job.run());
      assertThat(second.run()).isEqualTo(again.run()).isNotEqualTo(first.run());
      assertThat(second.replayed()).isTrue();
      assertThat(second.worker()).isEqualTo("one");
      assertThat(second.files()).isEqualTo(first.files());
    }
  }

  @Test
  void whatCannotBeSpokenIsRefusedInOneLine() {
    assertThat(
            refused(
                room.run(room.job(" \n <speaker:guest>\n", speech(), "main"), free(), silent())))
        .satisfies(
            failure -> assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_UNUSABLE),
            failure -> assertThat(failure.cause()).contains("no text"));
  }

  private static Speech speech() {
    return new Speech(
        "en",
        List.of(
            new SpeakerOrder("narrator", null, Candidates.USUAL),
            new SpeakerOrder("guest", null, Candidates.USUAL)),
        "narrator",
        new ChunkLimits(12, 60),
        Pauses.USUAL,
        Levelling.USUAL,
        Thresholds.USUAL,
        null);
  }

  private SpeechReport report(Result result) throws IOException {
    Path file = room.out().resolve(result.directory()).resolve(SpeechReport.FILE);
    return Json.lenient().readValue(Files.readAllBytes(file), SpeechReport.class);
  }

  private static OutputFile video(Result result) {
    return result.files().stream()
        .filter(file -> file.path().endsWith(".mp4") && file.stem() == Stem.NARRATION)
        .findFirst()
        .orElseThrow();
  }

  private static double peakDb(DecodedSound sound) {
    double peak = 0;
    for (float sample : sound.left()) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return 20 * Math.log10(peak);
  }

  private static Result done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    return ((JobOutcome.Done) outcome).result();
  }

  private static Failure refused(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Refused.class);
    return ((JobOutcome.Refused) outcome).failure();
  }

  private static Lease free() {
    return Lease.UNCONTESTED;
  }

  private static Reporter silent() {
    return Reporter.NONE;
  }

  private static Reporter counting(List<Integer> units) {
    return new Counting() {
      @Override
      public void units(Job job, Stage stage, int done, int wanted) {
        units.add(done);
      }
    };
  }

  /// Hears nothing but units.
  private abstract static class Counting implements Reporter {
    @Override
    public void started(Job job, int attempt) {}

    @Override
    public void progress(Job job, Stage stage, double fraction) {}

    @Override
    public void stageEnded(Job job, Stage stage, double seconds) {}

    @Override
    public void retrying(Job job, Failure failure, int attempt, double waitSeconds) {}
  }

  /// Ends the job's right to go on when so many takes are there.
  private static final class Stopping extends Counting {
    private final int after;
    private int asked;
    private boolean over;

    Stopping(int after) {
      this.after = after;
    }

    @Override
    public void units(Job job, Stage stage, int done, int wanted) {
      asked = done;
      over = asked >= after - 1;
    }

    /// @param lost whether somebody else has the job, or the worker leaves
    Lease lease(boolean lost) {
      return new Lease() {
        @Override
        public boolean held() {
          return !(lost && over);
        }

        @Override
        public boolean mayWork() {
          return lost || !over;
        }

        @Override
        public void renew() {}
      };
    }

    Lease cancelled() {
      return new Lease() {
        @Override
        public boolean held() {
          return true;
        }

        @Override
        public boolean mayWork() {
          return true;
        }

        @Override
        public boolean wanted() {
          return !over;
        }

        @Override
        public void renew() {}
      };
    }
  }
}
