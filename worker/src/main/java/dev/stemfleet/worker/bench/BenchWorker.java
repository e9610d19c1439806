package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.audio.Loudness;
import dev.stemfleet.worker.audio.TrackMeasurement;
import dev.stemfleet.worker.job.JobRunner;
import dev.stemfleet.worker.job.KnownModels;
import dev.stemfleet.worker.job.KnownStems;
import dev.stemfleet.worker.job.Reporter;
import dev.stemfleet.worker.job.ResidentSeparation;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.render.StillVideo;
import dev.stemfleet.worker.separation.Separator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;

/// A worker without a queue, with empty caches. One thread; whoever opened it closes it.
final class BenchWorker implements AutoCloseable {
  private final ExecutorService pool;
  private final ModelSpec model;
  private final ModelCache models;
  private final BenchRooms rooms;
  private final JobRunner runner;

  private BenchWorker(
      BenchTrack track, CatalogPlaces places, StillVideo writer, ExecutorService pool)
      throws IOException {
    this.pool = pool;
    this.model =
        ModelCatalog.load(List.of(places.models())).require(FleetSettings.USUAL_MODEL).spec();
    this.models = new ModelCache(Device.parse("cpu"), BenchPool.cores(), Clock.systemUTC());
    this.rooms =
        BenchRooms.open(
            places, track.folder(), Files.createTempDirectory(track.folder(), "worker"));
    ResidentSeparation separation =
        new ResidentSeparation(
            KnownModels.in(List.of(places.models())), models, rooms.store(), new Separator(pool));
    separation.prepare(model.id());
    this.runner = rooms.runner(separation, writer, pool);
  }

  /// @param track whose folder holds the worker's, too
  /// @param writer with its settings prepared; may serve several workers one after the other
  static BenchWorker open(
      BenchTrack track, CatalogPlaces places, StillVideo writer, ExecutorService pool)
      throws IOException {
    return new BenchWorker(track, places, writer, pool);
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
    new KnownStems(rooms.store()).keep(job, model, measured, sink -> stems.into(sink, pool));
  }

  /// Runs a job.
  ///
  /// @throws BenchFailure if it does not end well
  Result run(Job job) {
    return BenchRooms.run(runner, job, Reporter.NONE);
  }

  /// Deletes the files of a result.
  void delete(Result result) throws IOException {
    for (OutputFile file : result.files()) {
      Files.deleteIfExists(file(file.path()));
    }
  }

  /// A file of a result.
  Path file(String path) {
    return rooms.out().resolve(path);
  }

  @Override
  public void close() {
    rooms.close();
    models.close();
  }
}
