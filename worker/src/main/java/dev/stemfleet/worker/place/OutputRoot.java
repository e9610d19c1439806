package dev.stemfleet.worker.place;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/// The folders below the output root that the fleet shares, and that people do not look into.
///
/// @param path of the output root
public record OutputRoot(Path path) {
  private static final String HIDDEN = ".stemfleet";

  public OutputRoot {
    path = path.toAbsolutePath().normalize();
  }

  /// Pictures that submitters put there, one file per digest.
  public Path assets() {
    return path.resolve(HIDDEN).resolve("assets");
  }

  /// A work folder per worker.
  Path work() {
    return path.resolve(HIDDEN).resolve("work");
  }

  /// One note per job: where its outputs lie.
  Path places() {
    return path.resolve(HIDDEN).resolve("places");
  }

  /// One folder per script that is being spoken.
  Path takes() {
    return path.resolve(HIDDEN).resolve("takes");
  }

  /// Marks of tries that have not ended.
  Path attempts() {
    return path.resolve(HIDDEN).resolve("attempts");
  }

  /// A folder or file named by a message.
  ///
  /// @param relative `/` between folders
  /// @throws IllegalArgumentException if it is not below the root or is hidden
  public Path resolve(String relative) {
    Path resolved = path.resolve(relative).normalize();
    boolean below = resolved.startsWith(path) && !resolved.equals(path);
    if (!below || path.relativize(resolved).startsWith(HIDDEN)) {
      throw new IllegalArgumentException("'" + relative + "' is no place for outputs");
    }
    return resolved;
  }

  /// Makes sure that no link on the way to a place leads out of the root.
  ///
  /// @throws JobException `OUTPUT_UNWRITABLE` if one does
  void requireInside(Path place) {
    Path there = place;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && !there.equals(path)) {
      there = Objects.requireNonNull(there.getParent(), "below the root");
    }
    try {
      Path real = there.toRealPath();
      if (!real.startsWith(path.toRealPath())) {
        throw new JobException(
            FailureCode.OUTPUT_UNWRITABLE,
            "cannot write %s: %s leads out of the output root, to %s"
                .formatted(place, there, real));
      }
    } catch (IOException e) {
      throw Disk.failure(there, e);
    }
  }

  /// How a message names a path below the root.
  public String relative(Path below) {
    StringBuilder text = new StringBuilder();
    for (Path part : path.relativize(below)) {
      text.append(text.isEmpty() ? "" : "/").append(part);
    }
    return text.toString();
  }
}
