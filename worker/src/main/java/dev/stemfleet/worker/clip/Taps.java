package dev.stemfleet.worker.clip;

/// Which source pixels make which output pixel along one axis, and how much each counts.
final class Taps {
  private static final double RADIUS = 2;

  private final int[] first;
  private final float[][] weights;
  private final int longest;

  private Taps(int[] first, float[][] weights, int longest) {
    this.first = first;
    this.weights = weights;
    this.longest = longest;
  }

  /// @param start of the part that is scaled, in source pixels
  /// @param part its length in source pixels
  /// @param inputs source pixels along this axis
  /// @param outputs output pixels along this axis
  static Taps of(double start, double part, int inputs, int outputs) {
    double ratio = part / outputs;
    double widening = Math.max(1, ratio);
    int[] first = new int[outputs];
    float[][] weights = new float[outputs][];
    int longest = 0;
    for (int i = 0; i < outputs; i++) {
      double centre = start + (i + 0.5) * ratio - 0.5;
      first[i] = Math.clamp((long) Math.ceil(centre - RADIUS * widening), 0, inputs - 1);
      int last = Math.clamp((long) Math.floor(centre + RADIUS * widening), first[i], inputs - 1);
      weights[i] = weights(centre, widening, first[i], last - first[i] + 1);
      longest = Math.max(longest, weights[i].length);
    }
    return new Taps(first, weights, longest);
  }

  private static float[] weights(double centre, double widening, int first, int count) {
    double[] raw = new double[count];
    double sum = 0;
    for (int tap = 0; tap < count; tap++) {
      raw[tap] = kernel((first + tap - centre) / widening);
      sum += raw[tap];
    }
    float[] weights = new float[count];
    for (int tap = 0; tap < count; tap++) {
      // Taps beyond the picture's edge are left out; the others stand in for them.
      weights[tap] = (float) (raw[tap] / sum);
    }
    return weights;
  }

  private static double kernel(double distance) {
    double x = Math.abs(distance);
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }

  int outputs() {
    return first.length;
  }

  int first(int output) {
    return first[output];
  }

  int count(int output) {
    return weights[output].length;
  }

  float weight(int output, int tap) {
    return weights[output][tap];
  }

  /// The most taps of any output.
  int longest() {
    return longest;
  }
}
