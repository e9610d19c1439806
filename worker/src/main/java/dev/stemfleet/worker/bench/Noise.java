package dev.stemfleet.worker.bench;

/// How strong noise is beside the sound that it came with, without regard to hearing.
final class Noise {
  private static final int BLOCK = 2048;
  private static final double SILENT_POWER = 1e-8;
  private static final double HIGHEST_SNR_DB = 140;

  /// Samples in which an attack shows.
  private static final int STEP = 64;

  /// 5 ms before an attack and after its begin.
  private static final int NEAR = 220;

  /// 15 ms that an attack stands out from.
  private static final int STEPS_BEFORE = 10;

  private static final double ATTACK_RATIO = 100;

  private Noise() {}

  /// Mean over the blocks of 10 log10(sound / noise), of both channels together.
  static double snrDb(float[] left, float[] right, float[] leftNoise, float[] rightNoise) {
    double sum = 0;
    int blocks = 0;
    for (int from = 0; from + BLOCK <= left.length; from += BLOCK) {
      double sound = energy(left, right, from, from + BLOCK);
      if (sound > SILENT_POWER * 2 * BLOCK) {
        double noise = energy(leftNoise, rightNoise, from, from + BLOCK);
        sum += Math.min(HIGHEST_SNR_DB, 10 * Math.log10(sound / noise));
        blocks++;
      }
    }
    return sum / blocks;
  }

  /// Mean over the attacks of 10 log10(noise before / sound after).
  static double preEchoDb(float[] left, float[] right, float[] leftNoise, float[] rightNoise) {
    double sum = 0;
    int attacks = 0;
    int last = -STEPS_BEFORE;
    for (int step = STEPS_BEFORE; (step + 1) * STEP + NEAR < left.length; step++) {
      if (step - last >= STEPS_BEFORE && attack(left, right, step)) {
        last = step;
        int at = step * STEP;
        double before = energy(leftNoise, rightNoise, at - NEAR, at);
        double after = energy(left, right, at, at + NEAR);
        sum += 10 * Math.log10(Math.max(1e-12, before / after));
        attacks++;
      }
    }
    return sum / attacks;
  }

  /// Whether the sound rises by 20 dB over all of the time before.
  private static boolean attack(float[] left, float[] right, int step) {
    double now = energy(left, right, step * STEP, (step + 1) * STEP);
    if (now < 1e-4 * STEP) {
      return false;
    }
    for (int before = step - STEPS_BEFORE; before < step; before++) {
      double energy = energy(left, right, before * STEP, (before + 1) * STEP);
      if (energy * ATTACK_RATIO > now) {
        return false;
      }
    }
    return true;
  }

  private static double energy(float[] left, float[] right, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) left[i] * left[i] + (double) right[i] * right[i];
    }
    return sum;
  }
}
