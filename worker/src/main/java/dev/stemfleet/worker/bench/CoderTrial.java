package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.worker.audio.AudioDecoder;
import dev.stemfleet.worker.audio.StemEncoder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;

/// One sound coded by one candidate.
///
/// @param cpuSeconds of the coding alone
/// @param bitsPerSecond of the file
/// @param carefulShare of the packets that are coded with care, where the candidate does so by
///   turns
record CoderTrial(double cpuSeconds, double bitsPerSecond, double carefulShare, Path file) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int BLOCK = 4096;

  /// Samples that an AAC packet stands for.
  private static final int PACKET = 1024;

  /// Codes a sound on this thread.
  static CoderTrial of(CoderCandidate candidate, CoderSound sound, Path file) {
    float[] left = new float[BLOCK];
    float[] right = new float[BLOCK];
    long start = THREADS.getCurrentThreadCpuTime();
    try (StemEncoder encoder = candidate.open(file)) {
      for (int from = 0; from < sound.samples(); from += BLOCK) {
        int count = Math.min(BLOCK, sound.samples() - from);
        System.arraycopy(sound.left(), from, left, 0, count);
        System.arraycopy(sound.right(), from, right, 0, count);
        encoder.write(left, right, count);
      }
      EncodedAudio coded = encoder.finish();
      double cpuSeconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
      double carefulShare = (double) encoder.carefulPackets() * PACKET / sound.samples();
      double bitsPerSecond = 8 * coded.bytes() / sound.seconds();
      return new CoderTrial(cpuSeconds, bitsPerSecond, Math.min(1, carefulShare), file);
    }
  }

  /// Decodes the file, exact to the sample, and compares it with the sound.
  ///
  /// @throws BenchFailure if it has another length
  CoderQuality quality(CoderSound sound, MaskedSound masked) {
    float[] left = new float[sound.samples()];
    float[] right = new float[sound.samples()];
    try (AudioDecoder decoder = AudioDecoder.open(file, Trim.NONE)) {
      int count = decoder.read(left, right);
      if (count != sound.samples() || decoder.read(new float[1], new float[1]) >= 0) {
        throw new BenchFailure(sound.name() + " did not keep its length");
      }
    }
    return masked.compared(left, right);
  }
}
