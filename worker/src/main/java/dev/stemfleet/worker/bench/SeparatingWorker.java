package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.common.web.WebLimits;
import dev.stemfleet.worker.clip.CacheBudgets;
import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.job.JobOutcome;
import dev.stemfleet.worker.job.JobRoom;
import dev.stemfleet.worker.job.KnownModels;
import dev.stemfleet.worker.job.Lease;
import dev.stemfleet.worker.job.Reporter;
import dev.stemfleet.worker.job.ResidentSeparation;
import dev.stemfleet.worker.job.Results;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.place.OutputRoot;
import dev.stemfleet.worker.place.WorkFolders;
import dev.stemfleet.worker.render.StillVideo;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.StemStore;
import dev.stemfleet.worker.source.Assets;
import dev.stemfleet.worker.source.Sounds;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/// A worker without a queue, which separates every track as if it had never seen it: model and
/// settings stay, stems do not. One thread; whoever opened it closes it.
final class SeparatingWorker implements AutoCloseable {
  static final String ROOT = "bench";
  private static final int LARGEST_SIDE = 1920;
  private static final long STORE_BYTES = 8L << 30;

  private final Clock clock = Clock.systemUTC();
  private final CatalogPlaces places;
  private final Path tracks;
  private final ModelCatalog catalog;
  private final KnownModels known;
  private final ModelCache models = new ModelCache(new Device.Cpu(), BenchPool.cores(), clock);
  private final ExecutorService pool = BenchPool.open();
  private final StillVideo writer = StillVideo.open();
  private int jobs;

  /// @param tracks folder of sounds and covers, in which everything else is written
  SeparatingWorker(CatalogPlaces places, Path tracks) {
    this.places = places;
    this.tracks = tracks;
    this.catalog = ModelCatalog.load(List.of(places.models()));
    this.known = KnownModels.in(List.of(places.models()));
    models.get(catalog.require(FleetSettings.USUAL_MODEL));
    writer.prepare(1920, 1080, 24);
  }

  /// The model that jobs must name.
  ModelSpec model() {
    return catalog.require(FleetSettings.USUAL_MODEL).spec();
  }

  /// Where the files of the newest job lie.
  OutputRoot out() {
    return new OutputRoot(tracks.resolve("job-" + jobs).resolve("out"));
  }

  /// Runs a job.
  ///
  /// @throws BenchFailure if it does not end well
  Result run(Job job, Reporter reporter) {
    jobs++;
    OutputRoot out = out();
    Path stems = tracks.resolve("job-" + jobs).resolve("stems");
    Assets assets = new Assets(List.of(places.assets(), tracks), out.assets());
    CacheBudgets budgets = CacheBudgets.forVideosUpTo(LARGEST_SIDE, LARGEST_SIDE);
    try (StemStore store = StemStore.open(stems, STORE_BYTES, clock);
        ClipCaches clips = ClipCaches.open(budgets, assets::locate);
        WorkFolders folders = WorkFolders.open(out, "bench", clock)) {
      WebDownload web = new WebDownload(new WebGuard(List.of()), WebLimits.USUAL);
      Sounds sounds = new Sounds(Map.of(ROOT, tracks), web);
      ResidentSeparation separation =
          new ResidentSeparation(known, models, store, new Separator(pool));
      JobOutcome outcome =
          new JobRoom(out, folders, new Attempts(out), sounds, assets)
              .runner(separation, clips, writer, pool, new Results("bench", clock))
              .run(job, 1, new Mine(), reporter);
      return succeeded(outcome);
    }
  }

  private static Result succeeded(JobOutcome outcome) {
    return switch (outcome) {
      case JobOutcome.Done(Result result) -> result;
      case JobOutcome.TryAgain(Failure failure, Result _) ->
          throw new BenchFailure(failure.toString());
      case JobOutcome.Refused(Failure failure, Result _) ->
          throw new BenchFailure(failure.toString());
      case JobOutcome.Cancelled(Failure failure, Result _) ->
          throw new BenchFailure(failure.toString());
      case JobOutcome.Stopped(String reason) -> throw new BenchFailure(reason);
    };
  }

  @Override
  public void close() {
    pool.close();
    models.close();
  }

  /// Nobody else wants the job.
  private record Mine() implements Lease {
    @Override
    public boolean held() {
      return true;
    }

    @Override
    public boolean mayWork() {
      return true;
    }

    @Override
    public void renew() {}
  }
}
