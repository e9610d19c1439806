package dev.stemfleet.worker.place;

import dev.stemfleet.common.message.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Puts finished folders to where people look for them, whole or not at all. Thread-safe, also
/// between workers.
///
/// A folder belongs to one owner, by its manifest. An owner's finished folder with the same spec is
/// kept (the first complete one wins), one with another spec is replaced; a folder of another owner
/// is never written to: the newcomer's name gets a suffix.
public sealed interface Placement permits FolderPlacement, BucketPlacement {
  /// Outputs in their place.
  ///
  /// @param directory where the files lie, relative to the output root
  record Placed(String directory, Manifest manifest) {}

  /// What an owner has finished with this spec, if all its files are still intact.
  ///
  /// @param directory where it was meant to go
  Optional<Placed> finished(String owner, String spec, String directory, String trackId);

  /// Puts a finished folder into place and removes the owner's former one.
  ///
  /// @param from the folder with every file closed
  /// @param directory where it should go, relative to the output root
  /// @param result makes what the manifest repeats from the directory that the files are in
  default Placed place(
      Path from,
      String owner,
      String spec,
      List<Manifest.Entry> files,
      String directory,
      String trackId,
      Function<String, @Nullable Result> result) {
    return place(from, owner, spec, files, directory, trackId, result, there -> true);
  }

  /// The same, for outputs that may be wanted anew.
  ///
  /// @param enough whether what lies there with the same spec need not be replaced
  Placed place(
      Path from,
      String owner,
      String spec,
      List<Manifest.Entry> files,
      String directory,
      String trackId,
      Function<String, @Nullable Result> result,
      Predicate<Manifest> enough);

  /// Whether there is a file of this size.
  ///
  /// @param path relative to the output root
  boolean has(String path, long bytes);

  /// Where a folder may go, in the order in which that is tried.
  static List<String> names(String directory, String trackId, String owner) {
    String apart = directory + " (" + trackId.substring(0, Math.min(6, trackId.length())) + ")";
    String alone = directory + " (" + owner.substring(0, Math.min(12, owner.length())) + ")";
    return directory.endsWith(apart.substring(directory.length()))
        ? List.of(directory, alone)
        : List.of(directory, apart, alone);
  }
}
