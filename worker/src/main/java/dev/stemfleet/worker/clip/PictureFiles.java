package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.AssetRef;
import java.nio.file.Path;

/// Finds the file of a picture. The bytes are checked by the caller, so a wrong guess does no harm.
@FunctionalInterface
public interface PictureFiles {
  /// Gives the file that should hold the picture.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if it lies nowhere (`ASSET_MISSING`)
  Path locate(AssetRef picture);
}
