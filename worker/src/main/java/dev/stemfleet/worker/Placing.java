package dev.stemfleet.worker;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.config.OutPlace;
import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.s3.ObjectStore;
import dev.stemfleet.common.s3.StoreSources;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.common.web.WebLimits;
import dev.stemfleet.worker.job.JobRoom;
import dev.stemfleet.worker.place.Outlet;
import dev.stemfleet.worker.place.OutputRoot;
import dev.stemfleet.worker.source.Assets;
import dev.stemfleet.worker.source.Sounds;
import dev.stemfleet.worker.source.StoreAssets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parts of a worker between the fleet's files and its jobs: where sound and pictures come from
/// and outputs go to, in a folder that all share or in an object store. The caller closes.
final class Placing implements AutoCloseable {
  private final FleetSettings fleet;
  private final Path local;
  private final Path shared;
  private final @Nullable ObjectStore store;
  private final @Nullable Bucket bucket;
  private final StoreSources sources;
  private final Assets assets;

  private Placing(WorkerSettings settings) {
    this.fleet = settings.fleet();
    this.local = settings.cacheFolder().resolve("outputs");
    this.sources = new StoreSources(fleet.s3());
    switch (fleet.outPlace()) {
      case OutPlace.Folder(Path path) -> {
        this.store = null;
        this.bucket = null;
        this.shared = path;
        this.assets = new Assets(List.of(fleet.assets()), new OutputRoot(path).assets());
      }
      case OutPlace.Bucket(var place) -> {
        this.store = ObjectStore.open(fleet.s3());
        this.bucket = store.at(place);
        this.shared = local;
        StoreAssets pictures = new StoreAssets(bucket, settings.cacheFolder().resolve("assets"));
        this.assets = new Assets(List.of(fleet.assets()), pictures);
      }
    }
  }

  static Placing of(WorkerSettings settings) {
    return new Placing(settings);
  }

  Assets assets() {
    return assets;
  }

  /// Opens the place of the outputs.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if it cannot be used
  Outlet open(String workerId) {
    OutputRoot root = new OutputRoot(shared);
    return bucket == null ? Outlet.of(root, workerId) : Outlet.of(bucket, root, workerId);
  }

  JobRoom room(Outlet outlet) {
    WebDownload web = new WebDownload(new WebGuard(fleet.privateHosts()), WebLimits.USUAL);
    Sounds sounds = new Sounds(fleet.roots(), web, sources);
    return new JobRoom(outlet.placement(), outlet.folders(), outlet.attempts(), sounds, assets);
  }

  @Override
  public void close() {
    sources.close();
    if (store != null) {
      store.close();
    }
  }
}
