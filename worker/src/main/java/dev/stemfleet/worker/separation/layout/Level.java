package dev.stemfleet.worker.separation.layout;

/// Mean and unbiased standard deviation of a segment's values, as networks of the Demucs family
/// want them taken off.
///
/// @param deviation 0 for silence
record Level(double mean, double deviation) {
  /// Kept from division by 0.
  private static final double LEAST = 1e-5;

  /// Of all values of some arrays, from each as many as `count` says.
  static Level of(int count, float[]... parts) {
    double sum = 0;
    for (float[] part : parts) {
      for (int i = 0; i < count; i++) {
        sum += part[i];
      }
    }
    long all = (long) parts.length * count;
    double mean = sum / all;
    double squares = 0;
    for (float[] part : parts) {
      for (int i = 0; i < count; i++) {
        squares += (part[i] - mean) * (part[i] - mean);
      }
    }
    return new Level(mean, all < 2 ? 0 : Math.sqrt(squares / (all - 1)));
  }

  /// Takes mean and deviation off.
  void takeOff(float[] values) {
    float shift = (float) mean;
    float scale = (float) (1 / (LEAST + deviation));
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - shift) * scale;
    }
  }

  /// Gives them back.
  void giveBack(float[] values) {
    float shift = (float) mean;
    float scale = (float) deviation;
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] * scale + shift;
    }
  }
}
