package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.config.OutPlace;
import dev.stemfleet.common.domain.AssetRef;
import java.nio.file.Path;

/// Pictures beside the outputs, named by what is in them. A worker looks there for what its own
/// asset folders lack. Thread-safe, also among processes: a picture appears whole or not at all.
/// The caller closes.
public interface PictureStore extends AutoCloseable {
  /// Where a fleet's lie. Asks nobody yet.
  static PictureStore of(FleetSettings settings) {
    return switch (settings.outPlace()) {
      case OutPlace.Folder(Path path) -> new AssetStore(path);
      case OutPlace.Bucket(var place) -> new BucketAssets(settings.s3(), place);
    };
  }

  /// Puts a picture there, unless it is there already with the right bytes.
  ///
  /// @throws dev.stemfleet.common.failure.JobException ASSET_UNREADABLE if these are other bytes
  ///   than the name says (a file was changed meanwhile), OUTPUT_UNWRITABLE if it cannot be written
  void put(AssetRef asset, byte[] bytes);

  @Override
  default void close() {}
}
