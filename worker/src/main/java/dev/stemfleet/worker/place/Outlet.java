package dev.stemfleet.worker.place;

import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.s3.StoreFailure;
import dev.stemfleet.common.s3.StoreProbe;
import org.jspecify.annotations.Nullable;

/// Where a worker's outputs go, with all that belongs to it. Thread-safe; the caller closes.
public final class Outlet implements AutoCloseable {
  private final WorkFolders folders;
  private final Placement placement;
  private final Attempts attempts;
  private final Takes takes;
  private final @Nullable BucketWork work;

  private Outlet(
      WorkFolders folders,
      Placement placement,
      Attempts attempts,
      Takes takes,
      @Nullable BucketWork work) {
    this.folders = folders;
    this.placement = placement;
    this.attempts = attempts;
    this.takes = takes;
    this.work = work;
  }

  /// Into a folder that the fleet shares.
  public static Outlet of(OutputRoot out, String workerId) {
    return new Outlet(
        WorkFolders.open(out, workerId),
        new FolderPlacement(out),
        new Attempts(out),
        new Takes(out),
        null);
  }

  /// Into an object store. Work, and what was spoken of scripts that are not done, lie on this
  /// machine.
  ///
  /// @param local a folder of this worker's own
  /// @throws dev.stemfleet.common.failure.JobException if the store cannot be used
  public static Outlet of(Bucket bucket, OutputRoot local, String workerId) {
    try {
      StoreProbe.requireUsable(bucket);
    } catch (StoreFailure e) {
      throw OutputBucket.failure(e);
    }
    BucketWork work = BucketWork.open(bucket, workerId, BucketWork.STALE_AFTER);
    return new Outlet(
        WorkFolders.open(local, workerId),
        new BucketPlacement(bucket, work),
        new Attempts(new BucketMarks(bucket)),
        new Takes(local),
        work);
  }

  public WorkFolders folders() {
    return folders;
  }

  public Placement placement() {
    return placement;
  }

  public Attempts attempts() {
    return attempts;
  }

  public Takes takes() {
    return takes;
  }

  /// Says that this worker lives; to be called every [WorkFolders#TOUCH_EVERY].
  public void touch() {
    folders.touch();
    if (work != null) {
      work.touch();
    }
  }

  @Override
  public void close() {
    folders.close();
    if (work != null) {
      work.close();
    }
  }
}
