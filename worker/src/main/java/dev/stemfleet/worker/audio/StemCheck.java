package dev.stemfleet.worker.audio;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;

/// Watches a stem's sound as it flows by and judges it at the end. Confined to one thread at a
/// time.
public final class StemCheck {
  private final String name;
  private final TruePeakMeter peak = new TruePeakMeter();
  private long samples;
  private double energy;

  /// @param name how messages call the stem
  public StemCheck(String name) {
    this.name = name;
  }

  /// Takes the next `count` samples of each channel.
  ///
  /// @throws JobException SOUND_CHECK_FAILED for a value that is no number, or infinite
  public void write(float[] left, float[] right, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) left[i] * left[i] + (double) right[i] * right[i];
    }
    // Squares hide nothing: one value that is not finite makes the sum so.
    if (!Double.isFinite(sum)) {
      throw failed("the model made values that are no sound, " + Sound.seconds(samples) + " s in");
    }
    peak.write(left, right, count);
    energy += sum;
    samples += count;
  }

  /// What was seen until now.
  public StemFigures figures() {
    double mean = samples == 0 ? 0 : energy / (samples * (double) Sound.CHANNELS);
    return new StemFigures(samples, peak.decibels(), 10 * Math.log10(mean));
  }

  /// The figures of a finished stem that may be published.
  ///
  /// @param trackSamples the track's length
  /// @param mayBeSilent whether what the model gave for this stem was silent
  /// @throws JobException SOUND_CHECK_FAILED if the stem has another length, or is silent where the
  ///   model's was not
  public StemFigures passed(long trackSamples, boolean mayBeSilent) {
    StemFigures figures = figures();
    if (samples != trackSamples) {
      throw failed("it has " + samples + " samples, the track " + trackSamples);
    }
    if (figures.silent() && !mayBeSilent) {
      throw failed("it is silent, but what the model made is not");
    }
    return figures;
  }

  private JobException failed(String why) {
    return new JobException(FailureCode.SOUND_CHECK_FAILED, name + " stem: " + why);
  }
}
