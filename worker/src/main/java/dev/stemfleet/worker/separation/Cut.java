package dev.stemfleet.worker.separation;

/// One segment, cut out of the mix: all that running and joining it need. Cut again and again, by
/// the thread that reads; meanwhile nobody else may look. Positions are those of the bordered mix.
final class Cut {
  private final int place;
  private final float[][] input;
  private final float[][] mix;
  private long start;
  private int lead;
  private int available;
  private int from;
  private int to;
  private int step;

  /// @param place among all cuts of a run
  Cut(int place, int segment) {
    this.place = place;
    this.input = new float[2][segment];
    this.mix = new float[2][segment];
  }

  /// Takes the segment that the window stands at, for a network that wants (x − mean) · scale.
  void take(MixWindow window, float mean, float scale) {
    start = window.start();
    lead = window.lead();
    available = window.available();
    for (int channel = 0; channel < 2; channel++) {
      window.copySegment(channel, input[channel], mean, scale);
      window.copyMix(channel, mix[channel]);
    }
  }

  /// Says what is finished when this segment is joined, once it is known where the next begins.
  ///
  /// @param first position that anybody wants
  /// @param end of what is finished
  /// @param next where the next segment begins
  void follow(long first, long end, long next) {
    from = Math.toIntExact(Math.max(0, first - start));
    to = Math.toIntExact(Math.max(from, end - start));
    step = Math.toIntExact(next - start);
  }

  int place() {
    return place;
  }

  /// The segment as the network wants it, by channel.
  float[][] input() {
    return input;
  }

  /// Where the segment's first sample lies in the network's input.
  int lead() {
    return lead;
  }

  /// Samples that the mix really has here.
  int available() {
    return available;
  }

  /// First sample of the segment that is finished when it is joined.
  int from() {
    return from;
  }

  /// End of the samples that are finished when it is joined.
  int to() {
    return to;
  }

  /// Samples from this segment's start to the next one's.
  int step() {
    return step;
  }

  /// The mix, by channel 0 or 1, from the segment's first sample.
  float[] mix(int channel) {
    return mix[channel];
  }
}
