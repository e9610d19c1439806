package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.job.KnownModels;
import dev.stemfleet.worker.job.Reporter;
import dev.stemfleet.worker.job.ResidentSeparation;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.place.OutputRoot;
import dev.stemfleet.worker.render.StillVideo;
import dev.stemfleet.worker.separation.Separator;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;

/// A worker without a queue, which separates every track as if it had never seen it: model and
/// settings stay, stems do not. One thread; whoever opened it closes it.
final class SeparatingWorker implements AutoCloseable {
  private final CatalogPlaces places;
  private final Path tracks;
  private final ModelCatalog catalog;
  private final KnownModels known;
  private final ModelCache models =
      new ModelCache(new Device.Cpu(), BenchPool.cores(), Clock.systemUTC());
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
    return new OutputRoot(folder().resolve("out"));
  }

  /// Runs a job.
  ///
  /// @throws BenchFailure if it does not end well
  Result run(Job job, Reporter reporter) {
    jobs++;
    try (BenchRooms rooms = BenchRooms.open(places, tracks, folder())) {
      ResidentSeparation separation =
          new ResidentSeparation(known, models, rooms.store(), new Separator(pool));
      return BenchRooms.run(rooms.runner(separation, writer, pool), job, reporter);
    }
  }

  private Path folder() {
    return tracks.resolve("job-" + jobs);
  }

  @Override
  public void close() {
    pool.close();
    models.close();
  }
}
