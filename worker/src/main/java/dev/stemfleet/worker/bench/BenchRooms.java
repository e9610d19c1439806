package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
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
import dev.stemfleet.worker.job.JobRunner;
import dev.stemfleet.worker.job.Lease;
import dev.stemfleet.worker.job.Reporter;
import dev.stemfleet.worker.job.ResidentSeparation;
import dev.stemfleet.worker.job.Results;
import dev.stemfleet.worker.job.StemSources;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.place.OutputRoot;
import dev.stemfleet.worker.place.WorkFolders;
import dev.stemfleet.worker.render.StillVideo;
import dev.stemfleet.worker.separation.StemStore;
import dev.stemfleet.worker.source.Assets;
import dev.stemfleet.worker.source.Sounds;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/// The rooms of a worker without a queue, as the worker puts them together: empty caches, an empty
/// folder for outputs. One thread; whoever opened them closes them.
final class BenchRooms implements AutoCloseable {
  private static final int LARGEST_SIDE = 1920;
  private static final long STORE_BYTES = 8L << 30;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Clock clock = Clock.systemUTC();
  private final OutputRoot out;
  private final StemStore store;
  private final ClipCaches clips;
  private final JobRoom room;

  private BenchRooms(CatalogPlaces places, Path tracks, Path folder) {
    this.out = new OutputRoot(folder.resolve("out"));
    this.store = add(StemStore.open(folder.resolve("stems"), STORE_BYTES, clock));
    Assets assets = new Assets(List.of(places.assets(), tracks), out.assets());
    CacheBudgets budgets = CacheBudgets.forVideosUpTo(LARGEST_SIDE, LARGEST_SIDE);
    this.clips = add(ClipCaches.open(budgets, assets::locate));
    WorkFolders folders = add(WorkFolders.open(out, "bench"));
    WebDownload web = new WebDownload(new WebGuard(List.of()), WebLimits.USUAL);
    Sounds sounds = new Sounds(Map.of(BenchTrack.ROOT, tracks), web);
    this.room = new JobRoom(out, folders, new Attempts(out), sounds, assets);
  }

  /// @param tracks folder of sounds and covers
  /// @param folder in which everything is written
  static BenchRooms open(CatalogPlaces places, Path tracks, Path folder) {
    return new BenchRooms(places, tracks, folder);
  }

  private <T extends AutoCloseable> T add(T part) {
    opened.push(part);
    return part;
  }

  OutputRoot out() {
    return out;
  }

  StemStore store() {
    return store;
  }

  /// @param separation over the store of these rooms
  JobRunner runner(ResidentSeparation separation, StillVideo writer, ExecutorService pool) {
    return room.runner(
        StemSources.ofMusic(separation), clips, writer, pool, new Results("bench", clock));
  }

  /// Runs a job that nobody else wants.
  ///
  /// @throws BenchFailure if it does not end well
  static Result run(JobRunner runner, Job job, Reporter reporter) {
    return switch (runner.run(job, 1, Lease.UNCONTESTED, reporter)) {
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
    for (AutoCloseable part : opened) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
