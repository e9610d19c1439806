package dev.stemfleet.worker.separation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Compares an estimate with the true stem as both go by, block by block, and keeps nothing but
/// sums. Sums run over channels and samples. Not thread-safe.
public final class SdrMeter {
  private final int frameSamples;
  private final List<Frame> frames = new ArrayList<>();
  private Sums sums = new Sums();
  private Sums frame = new Sums();
  private int filled;

  /// @param frameSamples length of the frames of [#mediansOfFrames]: one second
  public SdrMeter(int frameSamples) {
    this.frameSamples = frameSamples;
  }

  /// Takes the next `count` samples per channel of both signals, `[channel][sample]`.
  public void add(float[][] truth, float[][] estimate, int count) {
    int from = 0;
    while (from < count) {
      int part = Math.min(count - from, frameSamples - filled);
      frame.add(truth, estimate, from, part);
      filled += part;
      from += part;
      if (filled == frameSamples) {
        frames.add(frame.frame());
        sums.add(frame);
        frame = new Sums();
        filled = 0;
      }
    }
  }

  /// Whether the true stem holds no sound at all: its SDR says nothing then.
  public boolean truthIsSilent() {
    return all().truth == 0;
  }

  /// uSDR: 10 log10((Σs² + d) / (Σe² + d)) over the whole song, d = 1e-7 (MDX'21, SDX'23).
  public double song() {
    Sums all = all();
    return Sdr.decibels(all.truth + Sdr.DELTA, all.error + Sdr.DELTA);
  }

  /// SI-SDR: like SDR, with the truth scaled to fit the estimate best. Blind to gain.
  ///
  /// @return NaN if truth or estimate is silent
  public double scaleInvariant() {
    Sums all = all();
    double signal = all.product * all.product / all.truth;
    // Σ(estimate − a·s)² = Σestimate² − a²Σs², since a·s is the projection.
    return Sdr.decibels(signal, Math.max(0, all.estimate - signal));
  }

  /// cSDR of several stems of a song without the filters of museval, which do not enter the SDR:
  /// the median over frames, the last partial one left out unless it is the only one. A frame in
  /// which the truth or the estimate of any stem is silent counts for none of them, and neither
  /// does one without an error.
  ///
  /// @param stems that were given the same number of samples
  /// @return one value a stem, NaN if no frame counts
  public static List<Double> mediansOfFrames(List<SdrMeter> stems) {
    List<List<Frame>> all = stems.stream().map(SdrMeter::frames).toList();
    int count = all.isEmpty() ? 0 : all.getFirst().size();
    int[] heard =
        IntStream.range(0, count)
            .filter(i -> all.stream().noneMatch(stem -> stem.get(i).silent()))
            .toArray();
    return all.stream()
        .map(stem -> Sdr.median(IntStream.of(heard).mapToDouble(i -> stem.get(i).decibels())))
        .toList();
  }

  private List<Frame> frames() {
    return frames.isEmpty() && filled > 0 ? List.of(frame.frame()) : frames;
  }

  private Sums all() {
    Sums all = new Sums();
    all.add(sums);
    all.add(frame);
    return all;
  }

  /// @param silent whether the sum of the channels is 0 all along, in the truth or in the estimate
  private record Frame(double truth, double error, boolean silent) {
    double decibels() {
      return Sdr.decibels(truth, error);
    }
  }

  private static final class Sums {
    private double truth;
    private double error;
    private double estimate;
    private double product;
    private boolean truthHeard;
    private boolean estimateHeard;

    void add(float[][] s, float[][] y, int from, int count) {
      for (int i = from; i < from + count; i++) {
        truthHeard |= mono(s, i) != 0;
        estimateHeard |= mono(y, i) != 0;
      }
      for (int channel = 0; channel < s.length; channel++) {
        add(s[channel], y[channel], from, count);
      }
    }

    private void add(float[] s, float[] y, int from, int count) {
      for (int i = from; i < from + count; i++) {
        double difference = (double) y[i] - s[i];
        truth += (double) s[i] * s[i];
        estimate += (double) y[i] * y[i];
        product += (double) s[i] * y[i];
        error += difference * difference;
      }
    }

    void add(Sums other) {
      truth += other.truth;
      error += other.error;
      estimate += other.estimate;
      product += other.product;
    }

    Frame frame() {
      return new Frame(truth, error, !truthHeard || !estimateHeard);
    }

    private static float mono(float[][] signal, int at) {
      float sum = 0;
      for (float[] channel : signal) {
        sum += channel[at];
      }
      return sum;
    }
  }
}
