package dev.stemfleet.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.speech.Candidates;
import dev.stemfleet.common.domain.speech.ChunkLimits;
import dev.stemfleet.common.domain.speech.Levelling;
import dev.stemfleet.common.domain.speech.Pauses;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.domain.speech.Speech;
import dev.stemfleet.common.domain.speech.Thresholds;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.s3.ObjectStore;
import dev.stemfleet.common.s3.Stored;
import dev.stemfleet.fixture.store.FaultyWay;
import dev.stemfleet.fixture.store.FaultyWay.Fault;
import dev.stemfleet.fixture.store.StoreServer;
import dev.stemfleet.worker.clip.CacheBudgets;
import dev.stemfleet.worker.clip.ClipCaches;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A job through all rooms of a worker into a real object store.
final class StoreJobTest {
  private static final StoreServer SERVER = StoreServer.shared();

  @TempDir Path folder;

  @Test
  void aJobIsSeenOnceItIsWholeAndThenOnlyReportedAgain() throws Exception {
    BucketPlace place = new BucketPlace(SERVER.newBucket(), "stems");
    try (FaultyWay way = new FaultyWay(SERVER.endpoint());
        ObjectStore store =
            ObjectStore.open(StoreServer.settings(way.endpoint()), StoreServer.IMPATIENT);
        ClipCaches clips =
            ClipCaches.open(
                CacheBudgets.forVideosUpTo(ScriptRoom.WIDTH, ScriptRoom.HEIGHT),
                asset -> folder.resolve("assets").resolve(asset.name()));
        ScriptRoom one = new ScriptRoom(folder, "one", clips, store.at(place));
        ScriptRoom two = new ScriptRoom(folder, "two", clips, store.at(place))) {
      Bucket bucket = store.at(place);
      Job job = one.job("Once there was a ferry.", speech(), "main");
      way.next("PUT .*mp4.*partNumber", new Fault.Answered(503), 3);

      JobOutcome failed = one.run(job, Lease.UNCONTESTED, Reporter.NONE);
      assertThat(failed).isInstanceOf(JobOutcome.TryAgain.class);
      assertThat(((JobOutcome.TryAgain) failed).failure().code())
          .isEqualTo(FailureCode.OUTPUT_UNWRITABLE);
      assertThat(bucket.list(job.directory())).isEmpty();

      Result result = done(one.run(job, Lease.UNCONTESTED, Reporter.NONE));
      for (OutputFile file : result.files()) {
        assertThat(bucket.find(file.path()).map(Stored::bytes)).hasValue(file.bytes());
        assertThat(file.path()).startsWith(result.directory() + "/");
      }
      assertThat(bucket.list(job.directory())).hasSize(result.files().size() + 1);
      assertThat(bucket.list(".stemfleet/attempts/")).isEmpty();

      Result again = done(two.run(job, Lease.UNCONTESTED, Reporter.NONE));
      assertThat(again.replayed()).isTrue();
      assertThat(again.files()).isEqualTo(result.files());
      assertThat(two.said).isEmpty();
    }
  }

  private static Result done(JobOutcome outcome) {
    assertThat(outcome).isInstanceOf(JobOutcome.Done.class);
    return ((JobOutcome.Done) outcome).result();
  }

  private static Speech speech() {
    return new Speech(
        "en",
        List.of(new SpeakerOrder("narrator", null, Candidates.USUAL)),
        "narrator",
        new ChunkLimits(12, 60),
        Pauses.USUAL,
        Levelling.USUAL,
        Thresholds.USUAL,
        null);
  }
}
