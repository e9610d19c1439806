package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.s3.StoreSources;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/// Finds sound files below folders of the object store, as [AudioFiles] does on disks: known by
/// their names, hidden ones passed over.
record StoreFolders(StoreSources store) {
  /// Whether a text names a folder of the object store: a bucket, or with a slash at its end.
  static boolean isFolder(String text) {
    return BucketPlace.isMeant(text)
        && (text.endsWith("/") || text.indexOf('/', BucketPlace.SCHEME.length()) < 0);
  }

  /// @throws RequestException if there are none, or nobody can look
  List<Source.InBucket> below(String text) {
    try {
      BucketPlace place = BucketPlace.parse(text);
      String folder = place.prefix().isEmpty() ? "" : place.prefix() + "/";
      List<Source.InBucket> found =
          store.below(place.bucket(), folder).stream()
              .filter(object -> isSound(object.key().substring(folder.length())))
              .toList();
      if (found.isEmpty()) {
        throw new RequestException(text + ": there is no sound file in this folder");
      }
      return found;
    } catch (IllegalArgumentException | JobException e) {
      throw new RequestException(text + ": " + e.getMessage());
    }
  }

  private static boolean isSound(String below) {
    Path path = Path.of(below);
    return AudioFiles.isAudio(path)
        && StreamSupport.stream(path.spliterator(), false)
            .noneMatch(part -> part.toString().startsWith("."));
  }
}
