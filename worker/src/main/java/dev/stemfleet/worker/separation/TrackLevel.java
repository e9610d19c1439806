package dev.stemfleet.worker.separation;

/// Mean and standard deviation of the mono mix over a whole track.
///
/// @param deviation 0 for silence
public record TrackLevel(double mean, double deviation) {
  /// Changes nothing; for models without normalisation.
  public static final TrackLevel UNIT = new TrackLevel(0, 1);

  /// Gathers the level block by block, in a first decode. Not thread-safe.
  public static final class Meter {
    private long count;
    private double sum;
    private double squares;

    /// Takes the next `samples` samples per channel.
    public void add(float[] left, float[] right, int samples) {
      for (int i = 0; i < samples; i++) {
        double mono = 0.5 * ((double) left[i] + right[i]);
        sum += mono;
        squares += mono * mono;
      }
      count += samples;
    }

    public TrackLevel level() {
      if (count == 0) {
        return UNIT;
      }
      double mean = sum / count;
      return new TrackLevel(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
    }
  }
}
