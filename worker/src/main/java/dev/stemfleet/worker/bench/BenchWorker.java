package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.common.web.WebLimits;
import dev.stemfleet.worker.audio.Loudness;
import dev.stemfleet.worker.audio.TrackMeasurement;
import dev.stemfleet.worker.clip.CacheBudgets;
import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.job.JobOutcome;
import dev.stemfleet.worker.job.JobRoom;
import dev.stemfleet.worker.job.JobRunner;
import dev.stemfleet.worker.job.KnownModels;
import dev.stemfleet.worker.job.KnownStems;
import dev.stemfleet.worker.job.Lease;
import dev.stemfleet.worker.job.Reporter;
import dev.stemfleet.worker.job.ResidentSeparation;
import dev.stemfleet.worker.job.Results;
import dev.stemfleet.worker.job.Stage;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/// A worker without a queue: the rooms as the worker puts them together, with empty caches. One
/// thread; whoever opened it closes it.
final class BenchWorker implements AutoCloseable {
  private static final int LARGEST_SIDE = 1920;
  private static final long STORE_BYTES = 8L << 30;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final ExecutorService pool;
  private final StemStore store;
  private final OutputRoot out;
  private final ModelSpec model;
  private final JobRunner runner;

  private BenchWorker(
      BenchTrack track, CatalogPlaces places, StillVideo writer, ExecutorService pool)
      throws IOException {
    Clock clock = Clock.systemUTC();
    Path folder = Files.createTempDirectory(track.folder(), "worker");
    this.pool = pool;
    this.out = new OutputRoot(folder.resolve("out"));
    ModelCatalog catalog = ModelCatalog.load(List.of(places.models()));
    CatalogModel usual = catalog.require(FleetSettings.USUAL_MODEL);
    this.model = usual.spec();
    ModelCache models = add(new ModelCache(Device.parse("cpu"), BenchPool.cores(), clock));
    this.store = add(StemStore.open(folder.resolve("stems"), STORE_BYTES, clock));
    ResidentSeparation separation =
        new ResidentSeparation(
            KnownModels.in(List.of(places.models())), models, store, new Separator(pool));
    separation.prepare(usual.spec().id());
    Assets assets = new Assets(List.of(places.assets(), track.folder()), out.assets());
    CacheBudgets budgets = CacheBudgets.forVideosUpTo(LARGEST_SIDE, LARGEST_SIDE);
    ClipCaches clips = add(ClipCaches.open(budgets, assets::locate));
    WorkFolders folders = add(WorkFolders.open(out, "bench", clock));
    WebDownload web = new WebDownload(new WebGuard(List.of()), WebLimits.USUAL);
    Sounds sounds = new Sounds(Map.of(BenchTrack.ROOT, track.folder()), web);
    this.runner =
        new JobRoom(out, folders, new Attempts(out), sounds, assets)
            .runner(separation, clips, writer, pool, new Results("bench", clock));
  }

  /// @param track whose folder holds the worker's, too
  /// @param writer with its settings prepared; may serve several workers one after the other
  static BenchWorker open(
      BenchTrack track, CatalogPlaces places, StillVideo writer, ExecutorService pool)
      throws IOException {
    return new BenchWorker(track, places, writer, pool);
  }

  private <T extends AutoCloseable> T add(T part) {
    opened.add(part);
    return part;
  }

  /// The model that jobs must name.
  ModelSpec model() {
    return model;
  }

  /// Puts stems into the store: gain, check, encoding.
  void keep(Job job, BenchStems stems) {
    // As loud as it should be: the stems keep their level, and the yardstick codes the same.
    Loudness level = new Loudness(-14.0, -1.5);
    TrackMeasurement measured = new TrackMeasurement(stems.samples(), level, List.of());
    new KnownStems(store).keep(job, model, measured, sink -> stems.into(sink, pool));
  }

  /// Runs a job.
  ///
  /// @throws BenchFailure if it does not end well
  Result run(Job job) {
    return switch (runner.run(job, 1, new Mine(), new Silent())) {
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

  /// Deletes the files of a result.
  void delete(Result result) throws IOException {
    for (OutputFile file : result.files()) {
      Files.deleteIfExists(file(file.path()));
    }
  }

  /// A file of a result.
  Path file(String path) {
    return out.resolve(path);
  }

  @Override
  public void close() {
    for (AutoCloseable part : opened.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
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

  /// Nobody listens.
  private record Silent() implements Reporter {
    @Override
    public void started(Job job, int attempt) {}

    @Override
    public void progress(Job job, Stage stage, double fraction) {}

    @Override
    public void stageEnded(Job job, Stage stage, double seconds) {}

    @Override
    public void retrying(Job job, Failure failure, int attempt, double waitSeconds) {}
  }
}
