package dev.stemfleet.common.domain;

import java.nio.file.Path;

/// Encoded sound in a file, with what is needed to play it sample-exactly.
///
/// @param file an MP4 (M4A) file whose only stream is the sound
/// @param sampleRateHz samples per second and channel
/// @param primingSamples decoded samples before the first sample of the source; the edit list hides
///   them
/// @param samples length of the source per channel
/// @param bytes size of the file
/// @param sha256 64 lower-case hex digits of the file
public record EncodedAudio(
    Path file, int sampleRateHz, int primingSamples, long samples, long bytes, String sha256) {
  public double seconds() {
    return (double) samples / sampleRateHz;
  }
}
