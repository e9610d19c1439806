package dev.stemfleet.worker.job;

import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.place.FolderPlacement;
import dev.stemfleet.worker.place.OutputRoot;
import dev.stemfleet.worker.place.Placement;
import dev.stemfleet.worker.place.WorkFolders;
import dev.stemfleet.worker.render.StillVideo;
import dev.stemfleet.worker.source.Assets;
import dev.stemfleet.worker.source.Sounds;
import java.util.concurrent.Executor;

/// Puts the parts of this room together.
///
/// @param placement where outputs go
/// @param folders for unfinished work
/// @param attempts marks of tries
/// @param sounds finds sound files
/// @param assets finds pictures
public record JobRoom(
    Placement placement, WorkFolders folders, Attempts attempts, Sounds sounds, Assets assets) {
  /// With outputs in a folder.
  public JobRoom(
      OutputRoot out, WorkFolders folders, Attempts attempts, Sounds sounds, Assets assets) {
    this(new FolderPlacement(out), folders, attempts, sounds, assets);
  }

  /// A runner of jobs over shared caches.
  ///
  /// @param pool draws frames and writes videos
  public JobRunner runner(
      StemSources sources, ClipCaches clips, StillVideo writer, Executor pool, Results results) {
    Videos videos = new Videos(clips, writer, pool);
    JobPlaces places = new JobPlaces(placement, assets, videos);
    return new JobRunner(sounds, folders, attempts, sources, videos, places, results);
  }
}
