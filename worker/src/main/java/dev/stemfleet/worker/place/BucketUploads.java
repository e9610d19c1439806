package dev.stemfleet.worker.place;

import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.s3.StoreFailure;
import dev.stemfleet.common.s3.Upload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Sends the files of a folder, a few at a time.
final class BucketUploads {
  private static final int AT_ONCE = 4;

  private BucketUploads() {}

  /// Nothing of it is seen before the uploads are completed.
  ///
  /// @throws StoreFailure if the store does not take all of them
  /// @throws dev.stemfleet.common.failure.JobException if a file cannot be read or has other bytes
  ///   than it should have
  static List<Upload> send(Bucket bucket, Path from, String folder, List<Manifest.Entry> files)
      throws StoreFailure {
    List<Future<Upload>> sent = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("stemfleet-upload-", 1).factory())) {
      for (Manifest.Entry file : files) {
        sent.add(threads.submit(() -> one(bucket, from, folder, file)));
      }
    }
    List<Upload> uploads = new ArrayList<>();
    boolean all = false;
    try {
      for (Future<Upload> upload : sent) {
        uploads.add(ended(from, upload));
      }
      all = true;
      return uploads;
    } finally {
      if (!all) {
        sent.stream()
            .filter(upload -> upload.state() == Future.State.SUCCESS)
            .forEach(upload -> upload.resultNow().abort());
      }
    }
  }

  /// Makes all of them appear, or takes back those that did not.
  static void complete(List<Upload> uploads) throws StoreFailure {
    int done = 0;
    try {
      for (Upload upload : uploads) {
        upload.complete();
        done++;
      }
    } finally {
      uploads.subList(done, uploads.size()).forEach(Upload::abort);
    }
  }

  private static Upload one(Bucket bucket, Path from, String folder, Manifest.Entry file)
      throws IOException {
    Upload upload =
        bucket.upload(folder + "/" + file.name(), from.resolve(file.name()), Progress.NONE);
    if (!upload.sha256().equals(file.sha256())) {
      upload.abort();
      throw new IOException(file.name() + " has other bytes than were written");
    }
    return upload;
  }

  private static Upload ended(Path from, Future<Upload> upload) throws StoreFailure {
    try {
      return upload.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case StoreFailure failure -> throw failure;
        case IOException unreadable -> throw Disk.failure(from, unreadable);
        case RuntimeException other -> throw other;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
