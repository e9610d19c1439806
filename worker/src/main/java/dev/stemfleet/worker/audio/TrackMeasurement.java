package dev.stemfleet.worker.audio;

import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Trim;
import java.nio.file.Path;
import java.util.List;

/// What the first pass over a track found.
///
/// @param samples exact length per channel at 44.1 kHz, after the trim; at least 1
/// @param loudness of the mix
/// @param warnings about the source, one sentence each
public record TrackMeasurement(long samples, Loudness loudness, List<String> warnings) {
  private static final int BLOCK = 16_384;

  public TrackMeasurement {
    warnings = List.copyOf(warnings);
  }

  /// Hears the sound as it is decoded, block by block.
  @FunctionalInterface
  public interface Listener {
    /// @param samples how many of each array count; the arrays are used again afterwards
    void hear(float[] left, float[] right, int samples);
  }

  /// Decodes the whole track once and measures it.
  ///
  /// @param listener hears all of it, too
  /// @throws dev.stemfleet.common.failure.JobException as [AudioDecoder#open] and
  ///   [AudioDecoder#read] do
  public static TrackMeasurement of(Path file, Trim trim, Listener listener, Progress progress) {
    try (AudioDecoder decoder = AudioDecoder.open(file, trim)) {
      LoudnessMeter meter = new LoudnessMeter();
      float[] left = new float[BLOCK];
      float[] right = new float[BLOCK];
      long expected = Math.max(1, decoder.expectedSamples());
      for (int count = decoder.read(left, right); count >= 0; count = decoder.read(left, right)) {
        meter.write(left, right, count);
        listener.hear(left, right, count);
        progress.at(Math.min(1.0, (double) decoder.samples() / expected));
      }
      progress.at(1);
      return new TrackMeasurement(decoder.samples(), meter.loudness(), decoder.warnings());
    }
  }
}
