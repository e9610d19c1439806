package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.LoopFile;
import dev.stemfleet.common.media.LoopFrames;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Tells backgrounds that are loops from those that are pictures, by their bytes, and opens loops.
/// Thread-safe.
final class LoopFiles {
  private final PictureFiles files;

  /// Digests of the loops seen; a worker sees a handful.
  private final Set<String> loops = ConcurrentHashMap.newKeySet();

  LoopFiles(PictureFiles files) {
    this.files = files;
  }

  /// Whether a file that should hold the background does, and is a loop.
  ///
  /// @throws JobException `SOURCE_UNREACHABLE`
  boolean isLoop(AssetRef background, Path file) {
    boolean loop = look(background, file) && holds(background, file);
    if (loop) {
      loops.add(background.sha256());
    }
    return loop;
  }

  /// Whether the background is a loop; known once its file was looked into.
  boolean isLoop(AssetRef background) {
    return loops.contains(background.sha256());
  }

  /// Opens a loop at its first picture; the caller closes.
  ///
  /// @throws JobException `ASSET_MISSING`, `ASSET_UNREADABLE`, `SOURCE_UNREACHABLE`
  LoopFrames open(AssetRef background, int width, int height, int framesPerSecond) {
    Path file = files.locate(background);
    if (!holds(background, file)) {
      throw new JobException(
          FailureCode.ASSET_MISSING,
          background.name() + ": " + file + " has other bytes than the loop that was submitted");
    }
    return LoopFrames.open(file, named(background), width, height, framesPerSecond);
  }

  /// How messages call it.
  static String named(AssetRef background) {
    return "background: " + background.name();
  }

  private static boolean look(AssetRef background, Path file) {
    try {
      return LoopFile.isLoop(file);
    } catch (NoSuchFileException e) {
      return false; // whoever reads it as a picture says so
    } catch (IOException e) {
      throw unreachable(background, file, e);
    }
  }

  private static boolean holds(AssetRef background, Path file) {
    try {
      return Sha256.ofFile(file).equals(background.sha256());
    } catch (IOException e) {
      throw unreachable(background, file, e);
    }
  }

  private static JobException unreachable(AssetRef background, Path file, IOException e) {
    return new JobException(
        FailureCode.SOURCE_UNREACHABLE, background.name() + ": cannot read " + file, e);
  }
}
