package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Cover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Covers of tracks, which are handed on and not kept. Thread-safe.
///
/// @param pictures takes covers
record Thumbnails(BiConsumer<AssetRef, byte[]> pictures) {
  private static final long MAX_BYTES = 64L << 20;
  private static final Map<String, String> EXTENSIONS =
      Map.of(
          "image/jpeg",
          "jpg",
          "image/png",
          "png",
          "image/webp",
          "webp",
          "image/gif",
          "gif",
          "image/bmp",
          "bmp");

  /// @param given picture file, which is preferred
  /// @param embedded cover of the sound file
  /// @return null if there is neither
  /// @throws JobException if the file cannot be read
  @Nullable AssetRef of(@Nullable Path given, @Nullable Cover embedded) {
    if (given != null) {
      return kept(String.valueOf(given.getFileName()), bytes(given));
    }
    if (embedded == null) {
      return null;
    }
    String extension = EXTENSIONS.getOrDefault(embedded.mediaType(), "bin");
    return kept("cover." + extension, embedded.bytes());
  }

  private AssetRef kept(String name, byte[] bytes) {
    AssetRef asset = new AssetRef(name, Sha256.of(bytes));
    pictures.accept(asset, bytes);
    return asset;
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new JobException(
            FailureCode.ASSET_UNREADABLE, "thumbnail: " + file + ": larger than 64 MiB");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new JobException(
          FailureCode.ASSET_MISSING, "thumbnail: " + file + ": there is no such file", e);
    } catch (IOException e) {
      throw new JobException(
          FailureCode.ASSET_UNREADABLE,
          "thumbnail: " + file + ": cannot be read: " + e.getMessage(),
          e);
    }
  }
}
