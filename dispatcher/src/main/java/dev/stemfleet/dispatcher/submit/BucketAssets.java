package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.config.S3Settings;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.s3.ObjectStore;
import dev.stemfleet.common.s3.StoreFailure;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Pictures in an object store: `.stemfleet/assets/<sha256>` below the output root.
public final class BucketAssets implements PictureStore {
  private static final String FOLDER = ".stemfleet/assets/";

  private final ObjectStore store;
  private final Bucket bucket;
  private final Set<String> kept = ConcurrentHashMap.newKeySet();

  /// @param place the output root
  public BucketAssets(S3Settings settings, BucketPlace place) {
    this.store = ObjectStore.open(settings);
    this.bucket = store.at(place);
  }

  @Override
  public void put(AssetRef asset, byte[] bytes) {
    if (!kept.add(asset.sha256())) {
      return;
    }
    boolean done = false;
    try {
      if (!Sha256.of(bytes).equals(asset.sha256())) {
        throw new JobException(
            FailureCode.ASSET_UNREADABLE, asset.name() + ": changed while it was read");
      }
      write(FOLDER + asset.sha256(), bytes);
      done = true;
    } finally {
      if (!done) {
        kept.remove(asset.sha256());
      }
    }
  }

  /// The store checks the digest of what it takes, so what has the right size has the right bytes.
  private void write(String key, byte[] bytes) {
    try {
      if (bucket.find(key).filter(there -> there.bytes() == bytes.length).isEmpty()) {
        bucket.write(key, bytes);
      }
    } catch (StoreFailure e) {
      throw new JobException(FailureCode.OUTPUT_UNWRITABLE, "cannot write " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
