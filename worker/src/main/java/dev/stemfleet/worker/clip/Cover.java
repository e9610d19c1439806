package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Sha256;

/// Where a track's thumbnail comes from.
public sealed interface Cover {
  /// A picture file, found like any asset.
  record Stored(AssetRef picture) implements Cover {}

  /// The picture embedded in the audio file. The array is handed over and not changed any more.
  final class Embedded implements Cover {
    private final String name;
    private final byte[] bytes;
    private final String sha256;

    /// @param name for messages, for example `cover of song.mp3`
    public Embedded(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
      this.sha256 = Sha256.of(bytes);
    }

    public String name() {
      return name;
    }

    public String sha256() {
      return sha256;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /// There is none: a placeholder is drawn.
  record None() implements Cover {}
}
