package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.worker.audio.AudioTags;
import dev.stemfleet.worker.audio.Sound;
import dev.stemfleet.worker.audio.SoundFormat;
import dev.stemfleet.worker.audio.StemEncoder;
import java.nio.file.Path;
import java.util.Random;

/// A computed song: drums, bass, chords and a voice in one phrase that is played over and over. The
/// same seed is the same song. Not thread-safe.
final class BenchSong {
  private static final int PHRASE_SECONDS = 16;
  private static final int BEAT = Sound.RATE_HZ / 2;
  private static final double[] ROOTS_HZ = {55, 43.65, 65.41, 49};

  private final float[] left = new float[PHRASE_SECONDS * Sound.RATE_HZ];
  private final float[] right = new float[left.length];

  BenchSong(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < left.length; i++) {
      double seconds = (double) i / Sound.RATE_HZ;
      double root = ROOTS_HZ[i / (4 * Sound.RATE_HZ) % ROOTS_HZ.length];
      double hit = Math.exp(-(i % BEAT) / 2500.0) * random.nextGaussian();
      double kick = Math.exp(-(i % (2 * BEAT)) / 4000.0) * wave(seconds, 52);
      double voice = rich(seconds + 0.0004 * wave(seconds, 5), 6 * root) * breath(seconds);
      double middle = 0.10 * hit + 0.25 * kick + 0.15 * rich(seconds, root) + 0.12 * voice;
      left[i] = (float) (middle + 0.06 * rich(seconds, 4 * root) + 0.05 * rich(seconds, 5 * root));
      right[i] =
          (float) (middle + 0.06 * rich(seconds, 4.01 * root) - 0.05 * rich(seconds, 5 * root));
    }
  }

  private static double wave(double seconds, double hertz) {
    return Math.sin(2 * Math.PI * hertz * seconds);
  }

  private static double rich(double seconds, double hertz) {
    double sum = 0;
    for (int overtone = 1; overtone <= 6; overtone++) {
      sum += wave(seconds, overtone * hertz) / overtone;
    }
    return sum;
  }

  private static double breath(double seconds) {
    return Math.max(0, wave(seconds, 0.25));
  }

  /// Encodes it.
  EncodedAudio write(Path file, SoundFormat format, double seconds) {
    try (StemEncoder encoder = StemEncoder.open(file, format, AudioTags.NONE)) {
      long samples = Sound.samples(seconds);
      for (long at = 0; at < samples; at += left.length) {
        encoder.write(left, right, (int) Math.min(left.length, samples - at));
      }
      return encoder.finish();
    }
  }
}
