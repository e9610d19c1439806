package dev.stemfleet.worker.audio;

import java.util.Arrays;

/// Measures integrated loudness and true peak of stereo sound as it flows by (ITU-R BS.1770-5).
///
/// Blocks of 400 ms overlap by 75 %; those below -70 LUFS are left out, then those more than 10 LU
/// below the mean of the rest. An unfinished block at the end does not count. Keeps eight bytes per
/// 100 ms of sound (0.9 MB for 3 hours). Confined to one thread at a time.
public final class LoudnessMeter {
  private static final double ABSOLUTE_GATE_LUFS = -70;
  private static final double RELATIVE_GATE_LU = -10;
  private static final double OFFSET_LUFS = -0.691;
  private static final int STEPS_PER_BLOCK = 4;
  private static final int STEPS_PER_SECOND = 10;

  private final KWeighting leftFilter;
  private final KWeighting rightFilter;
  private final TruePeakMeter peak = new TruePeakMeter();
  private final int stepSamples;
  private double[] steps = new double[STEPS_PER_SECOND * 60];
  private int stepCount;
  private double stepEnergy;
  private int stepFilled;

  /// For sound of [Sound#RATE_HZ].
  public LoudnessMeter() {
    this(Sound.RATE_HZ);
  }

  /// @param rateHz samples per second, at least 8000
  public LoudnessMeter(int rateHz) {
    leftFilter = new KWeighting(rateHz);
    rightFilter = new KWeighting(rateHz);
    stepSamples = Math.round((float) rateHz / STEPS_PER_SECOND);
  }

  /// Takes the next `count` samples of each channel.
  public void write(float[] left, float[] right, int count) {
    peak.write(left, right, count);
    int from = 0;
    while (from < count) {
      int to = Math.min(count, from + stepSamples - stepFilled);
      stepEnergy += leftFilter.energy(left, from, to) + rightFilter.energy(right, from, to);
      stepFilled += to - from;
      from = to;
      if (stepFilled == stepSamples) {
        endStep();
      }
    }
  }

  private void endStep() {
    if (stepCount == steps.length) {
      steps = Arrays.copyOf(steps, 2 * steps.length);
    }
    steps[stepCount++] = stepEnergy;
    stepEnergy = 0;
    stepFilled = 0;
  }

  /// What was measured until now.
  public Loudness loudness() {
    double mean = meanAbove(power(ABSOLUTE_GATE_LUFS));
    double relativeGate = mean * Math.pow(10, RELATIVE_GATE_LU / 10);
    double gated = meanAbove(Math.max(power(ABSOLUTE_GATE_LUFS), relativeGate));
    Double integrated = Double.isNaN(gated) ? null : OFFSET_LUFS + 10 * Math.log10(gated);
    return new Loudness(integrated, peak.decibels());
  }

  private static double power(double lufs) {
    return Math.pow(10, (lufs - OFFSET_LUFS) / 10);
  }

  /// The mean power of the blocks above a gate; not a number if there are none.
  private double meanAbove(double gate) {
    double sum = 0;
    int blocks = 0;
    for (int first = 0; first + STEPS_PER_BLOCK <= stepCount; first++) {
      double energy = 0;
      for (int i = first; i < first + STEPS_PER_BLOCK; i++) {
        energy += steps[i];
      }
      double power = energy / (STEPS_PER_BLOCK * stepSamples);
      if (power > gate) {
        sum += power;
        blocks++;
      }
    }
    return sum / blocks;
  }
}
