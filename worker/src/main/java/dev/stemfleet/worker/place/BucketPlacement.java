package dev.stemfleet.worker.place;

import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.s3.StoreFailure;
import dev.stemfleet.common.s3.Stored;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Outputs in an object store, which has no folders that could be moved.
///
/// The files of every try have a folder of their own, so that no two write the same key and whoever
/// loses removes only what is theirs. They appear together, and nobody is told of them before the
/// manifest, one level above, names that folder: it is written last, and only where none is, or
/// over the one that was seen before.
public final class BucketPlacement implements Placement {
  private static final int MAX_TRIES = 20;

  private final Bucket bucket;
  private final BucketWork work;

  BucketPlacement(Bucket bucket, BucketWork work) {
    this.bucket = bucket;
    this.work = work;
  }

  /// A manifest that was read.
  private record Known(Manifest manifest, String version) {}

  @Override
  public Optional<Placed> finished(String owner, String spec, String directory, String trackId) {
    try {
      List<String> candidates = new ArrayList<>();
      noted(owner).ifPresent(candidates::add);
      candidates.addAll(Placement.names(directory, trackId, owner));
      for (String candidate : candidates) {
        Optional<Manifest> manifest = known(candidate).map(Known::manifest);
        if (manifest.isPresent()
            && manifest.get().owner().equals(owner)
            && manifest.get().spec().equals(spec)
            && isWhole(candidate, manifest.get())) {
          return Optional.of(placed(candidate, manifest.get()));
        }
      }
      return Optional.empty();
    } catch (StoreFailure e) {
      throw OutputBucket.failure(e);
    }
  }

  @Override
  public Placed place(
      Path from,
      String owner,
      String spec,
      List<Manifest.Entry> files,
      String directory,
      String trackId,
      Function<String, @Nullable Result> result,
      Predicate<Manifest> enough) {
    try {
      Optional<String> former = noted(owner);
      for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
        String candidate = free(Placement.names(directory, trackId, owner), owner);
        Optional<Known> there = known(candidate);
        if (there.isPresent() && !there.get().manifest().owner().equals(owner)) {
          continue;
        }
        if (there.isPresent() && isEnough(candidate, there.get().manifest(), spec, enough)) {
          note(owner, candidate);
          return placed(candidate, there.get().manifest());
        }
        String folder = UUID.randomUUID().toString().substring(0, 8);
        Manifest manifest =
            new Manifest(
                Schema.VERSION, owner, spec, files, result.apply(candidate + "/" + folder), folder);
        if (wins(from, candidate, there.orElse(null), manifest)) {
          note(owner, candidate);
          removeFormer(candidate, there.map(Known::manifest), former, owner);
          return placed(candidate, manifest);
        }
      }
      throw StoreFailure.late(bucket.name(directory), "other jobs keep taking the place");
    } catch (StoreFailure e) {
      throw OutputBucket.failure(e);
    }
  }

  @Override
  public boolean has(String path, long bytes) {
    try {
      return bucket
          .find(OutputBucket.requireOutput(path))
          .filter(there -> there.bytes() == bytes)
          .isPresent();
    } catch (StoreFailure e) {
      throw OutputBucket.failure(e);
    }
  }

  /// Writes everything, the manifest last.
  ///
  /// @return false if somebody else has written another manifest meanwhile; nothing is left then
  private boolean wins(Path from, String candidate, @Nullable Known there, Manifest manifest)
      throws StoreFailure {
    String folder = candidate + "/" + manifest.folder();
    try (BucketWork.Begun begun = work.begin(folder)) {
      BucketUploads.complete(BucketUploads.send(bucket, from, folder, manifest.files()));
      work.requireAlive();
      String key = candidate + "/" + Manifest.NAME;
      begun.deciding();
      boolean won =
          there == null
              ? bucket.create(key, manifest.bytes())
              : bucket.replace(key, there.version(), manifest.bytes());
      if (won) {
        begun.inPlace();
      } else {
        begun.lost();
      }
      return won;
    }
  }

  /// The first place that is nobody's or the owner's.
  private String free(List<String> candidates, String owner) throws StoreFailure {
    for (String candidate : candidates) {
      Optional<Known> there = known(candidate);
      if (there.isEmpty() || there.get().manifest().owner().equals(owner)) {
        return candidate;
      }
    }
    throw StoreFailure.late(bucket.name(candidates.getFirst()), "other jobs have the place");
  }

  private boolean isEnough(
      String candidate, Manifest there, String spec, Predicate<Manifest> enough)
      throws StoreFailure {
    return there.spec().equals(spec) && enough.test(there) && isWhole(candidate, there);
  }

  private Placed placed(String candidate, Manifest manifest) {
    String below = manifest.folder() == null ? "" : "/" + manifest.folder();
    return new Placed(candidate + below, manifest);
  }

  private Optional<Known> known(String candidate) throws StoreFailure {
    return bucket
        .readVersion(OutputBucket.requireOutput(candidate) + "/" + Manifest.NAME)
        .flatMap(
            read -> Manifest.of(read.bytes()).map(manifest -> new Known(manifest, read.version())));
  }

  /// Nobody writes a key twice: a file of the right size is the one that was written.
  private boolean isWhole(String candidate, Manifest manifest) throws StoreFailure {
    String folder = placed(candidate, manifest).directory() + "/";
    Map<String, Long> there =
        bucket.list(folder).stream().collect(Collectors.toMap(Stored::key, Stored::bytes));
    return manifest.files().stream()
        .allMatch(file -> Long.valueOf(file.bytes()).equals(there.get(folder + file.name())));
  }

  /// What was replaced, here and where the owner's outputs were before.
  private void removeFormer(
      String candidate, Optional<Manifest> replaced, Optional<String> former, String owner)
      throws StoreFailure {
    if (replaced.isPresent() && replaced.get().folder() != null) {
      bucket.removeAll(candidate + "/" + replaced.get().folder() + "/");
    }
    if (former.isEmpty() || former.get().equals(candidate)) {
      return;
    }
    Optional<Manifest> old = known(former.get()).map(Known::manifest);
    if (old.isPresent() && old.get().owner().equals(owner)) {
      // First what names them, so that nobody is told of files that are gone.
      bucket.remove(former.get() + "/" + Manifest.NAME);
      bucket.removeAll(placed(former.get(), old.get()).directory() + "/");
    }
  }

  private Optional<String> noted(String owner) throws StoreFailure {
    return bucket
        .read(OutputBucket.PLACES + owner)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private void note(String owner, String directory) throws StoreFailure {
    bucket.write(OutputBucket.PLACES + owner, directory.getBytes(StandardCharsets.UTF_8));
  }
}
