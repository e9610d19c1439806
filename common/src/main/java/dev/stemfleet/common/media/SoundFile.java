package dev.stemfleet.common.media;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A sound file that was opened, looked into and found to decode.
///
/// @param file as given
/// @param durationSeconds as the container declares it; an estimate for formats that declare none
/// @param codec FFmpeg's name of the coding, such as `mp3`, `flac`, `aac`
/// @param sampleRateHz of the sound as decoded
/// @param channels of the sound as decoded
/// @param cover the embedded front picture, or null
public record SoundFile(
    Path file,
    double durationSeconds,
    String codec,
    int sampleRateHz,
    int channels,
    SoundTags tags,
    @Nullable Cover cover) {

  /// Opens a local file and decodes its beginning.
  ///
  /// @throws dev.stemfleet.common.failure.JobException SOURCE_MISSING if there is no such file,
  ///   SOURCE_FORBIDDEN if it may not be read, SOUND_UNREADABLE if it is empty, is no sound file,
  ///   holds no sound or does not decode
  public static SoundFile probe(Path file) {
    try (SoundInput input = SoundInput.open(file)) {
      return SoundProbe.look(file, input);
    }
  }
}
