package dev.stemfleet.worker.place;

import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.s3.StoreFailure;
import dev.stemfleet.common.s3.Stored;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Marks as empty objects.
record BucketMarks(Bucket bucket) implements AttemptMarks {
  private static final Logger LOG = LoggerFactory.getLogger(BucketMarks.class);

  @Override
  public List<String> names(String run) {
    String folder = folder(run);
    try {
      return bucket.list(folder).stream()
          .map(Stored::key)
          .map(key -> key.substring(folder.length()))
          .toList();
    } catch (StoreFailure e) {
      throw OutputBucket.failure(e);
    }
  }

  @Override
  public void put(String run, String name) {
    try {
      bucket.write(folder(run) + name, new byte[0]);
    } catch (StoreFailure e) {
      throw OutputBucket.failure(e);
    }
  }

  @Override
  public void remove(String run, String name) {
    try {
      bucket.remove(folder(run) + name);
    } catch (StoreFailure e) {
      stays(e);
    }
  }

  @Override
  public void removeAll(String run) {
    try {
      for (Stored mark : bucket.list(folder(run))) {
        bucket.remove(mark.key());
      }
    } catch (StoreFailure e) {
      stays(e);
    }
  }

  private static void stays(StoreFailure e) {
    LOG.atDebug().log("a mark stays: {}", e.getMessage());
  }

  private static String folder(String run) {
    return OutputBucket.ATTEMPTS + run + "/";
  }
}
