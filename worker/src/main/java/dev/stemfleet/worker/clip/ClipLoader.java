package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.LoopFrames;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Makes clips from files: read, decode, scale. Keeps nothing; any thread.
final class ClipLoader {
  private final PictureFiles files;
  private final LoopFiles loops;

  ClipLoader(PictureFiles files) {
    this.files = files;
    this.loops = new LoopFiles(files);
  }

  /// Those among the backgrounds that are loops.
  LoopFiles loops() {
    return loops;
  }

  /// Of a loop the first picture.
  Picture background(AssetRef background, int width, int height) {
    Path file = files.locate(background);
    if (loops.isLoop(background, file)) {
      return LoopFrames.first(file, LoopFiles.named(background), width, height);
    }
    return orFailed("background", () -> Scaling.cover(read(background, file), width, height));
  }

  /// @throws UnreadablePictureException if it cannot be used; the caller has a placeholder
  Picture cover(Cover cover, int width, int height) {
    return switch (cover) {
      case Cover.Stored stored -> Scaling.cover(read(stored.picture()), width, height);
      case Cover.Embedded embedded ->
          Scaling.cover(PictureReader.read(embedded.name(), embedded.bytes()), width, height);
      case Cover.None _ -> throw new UnreadablePictureException("the track has no cover");
    };
  }

  Picture watermark(AssetRef watermark, int width, int height) {
    return orFailed(
        "watermark",
        () -> Scaling.fit(Scaling.trimmed(watermark.name(), read(watermark)), width, height));
  }

  Picture icon(AssetRef icon, int width, int height) {
    return orFailed("icon", () -> Scaling.centred(read(icon), width, height));
  }

  private Picture read(AssetRef picture) {
    return read(picture, files.locate(picture));
  }

  private static Picture read(AssetRef picture, Path file) {
    return PictureReader.read(picture.name(), PictureBytes.read(picture, file));
  }

  private static Picture orFailed(String field, Supplier<Picture> load) {
    try {
      return load.get();
    } catch (UnreadablePictureException e) {
      throw new JobException(FailureCode.ASSET_UNREADABLE, field + ": " + e.getMessage(), e);
    }
  }
}
