package dev.stemfleet.dispatcher.script;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.SoundFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// Recordings of voices: each is looked at and kept once, however many scripts it speaks.
/// Thread-safe.
public final class VoiceFiles {
  private static final long MOST_BYTES = 64L << 20;

  private final BiConsumer<AssetRef, byte[]> assets;
  private final Map<Path, Voice> known = new ConcurrentHashMap<>();

  private record Voice(AssetRef asset, double seconds) {}

  /// @param assets takes the recordings
  public VoiceFiles(BiConsumer<AssetRef, byte[]> assets) {
    this.assets = assets;
  }

  /// A recording as jobs name it.
  ///
  /// @param speaker whose it is
  /// @param leastSeconds that the model needs
  /// @throws JobException naming speaker and file, if it cannot be used
  public AssetRef kept(String speaker, Path file, double leastSeconds) {
    String field = "generation.speakers: " + speaker + ": reference_audio: ";
    Voice voice;
    try {
      voice = known.computeIfAbsent(file, this::look);
    } catch (JobException e) {
      throw new JobException(e.code(), field + e.getMessage(), e);
    }
    if (voice.seconds() < leastSeconds) {
      throw new JobException(
          FailureCode.SOUND_UNREADABLE,
          "%s%s: has %.1f s of sound; a voice needs %.0f s at least"
              .formatted(field, file, voice.seconds(), leastSeconds));
    }
    return voice.asset();
  }

  private Voice look(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new JobException(FailureCode.ASSET_UNREADABLE, file + ": larger than 64 MiB");
      }
      SoundFile sound = SoundFile.probe(file);
      byte[] bytes = Files.readAllBytes(file);
      AssetRef asset = new AssetRef(String.valueOf(file.getFileName()), Sha256.of(bytes));
      assets.accept(asset, bytes);
      return new Voice(asset, sound.durationSeconds());
    } catch (NoSuchFileException e) {
      throw new JobException(FailureCode.ASSET_MISSING, file + ": there is no such file", e);
    } catch (IOException e) {
      throw new JobException(
          FailureCode.ASSET_UNREADABLE, file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
