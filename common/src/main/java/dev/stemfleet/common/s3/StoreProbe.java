package dev.stemfleet.common.s3;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Whether a place in an object store can hold outputs.
public final class StoreProbe {
  private StoreProbe() {}

  /// Writes an object, tries to write it again where nothing may be yet, and removes it.
  ///
  /// @throws StoreFailure if the store does not allow it, or overwrites: then two workers could
  ///   finish the same job
  public static void requireUsable(Bucket bucket) throws StoreFailure {
    String key = ".stemfleet/probes/" + UUID.randomUUID();
    byte[] first = "first".getBytes(StandardCharsets.UTF_8);
    byte[] second = "second".getBytes(StandardCharsets.UTF_8);
    bucket.write(key, first);
    boolean overwritten = bucket.create(key, second);
    bucket.list(key);
    bucket.remove(key);
    if (overwritten) {
      throw new StoreFailure(
          StoreFailure.Kind.UNREACHABLE,
          bucket.name("")
              + ": this store overwrites objects although it is told not to (If-None-Match), and"
              + " cannot hold outputs");
    }
  }
}
