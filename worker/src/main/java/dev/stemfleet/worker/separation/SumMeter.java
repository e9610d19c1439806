package dev.stemfleet.worker.separation;

import java.util.List;

/// How much of a mix its stems miss together, gathered block by block. Not thread-safe.
public final class SumMeter {
  private double mixEnergy;
  private double missedEnergy;

  /// Takes the next `count` samples per channel of all signals, `[channel][sample]`.
  public void add(float[][] mix, List<float[][]> stems, int count) {
    for (int channel = 0; channel < mix.length; channel++) {
      for (int i = 0; i < count; i++) {
        double rest = mix[channel][i];
        for (float[][] stem : stems) {
          rest -= stem[channel][i];
        }
        mixEnergy += (double) mix[channel][i] * mix[channel][i];
        missedEnergy += rest * rest;
      }
    }
  }

  /// Sum consistency: energy of the mix over energy of what the stems miss of it.
  ///
  /// @return infinite if nothing is missed, NaN if there is no mix either
  public double decibels() {
    return Sdr.decibels(mixEnergy, missedEnergy);
  }
}
