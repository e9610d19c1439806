package dev.stemfleet.worker.separation;

import java.nio.FloatBuffer;

/// One segment, cut out of the mix: all that running and joining it need. Cut again and again, by
/// the thread that reads; meanwhile nobody else may look.
final class Cut {
  private final float[] input;
  private final float[][] mix;
  private int lead;
  private int available;

  Cut(int segment) {
    this.input = new float[2 * segment];
    this.mix = new float[2][segment];
  }

  /// Takes the segment that the window stands at, for a network that wants (x − mean) · scale.
  void take(MixWindow window, float mean, float scale) {
    lead = window.lead();
    available = window.available();
    window.copyTo(FloatBuffer.wrap(input), mean, scale);
    for (int channel = 0; channel < 2; channel++) {
      System.arraycopy(window.channel(channel), window.origin(), mix[channel], 0, available);
    }
  }

  /// Gives the network what it wants.
  void copyTo(FloatBuffer modelInput) {
    modelInput.put(0, input);
  }

  /// Where the first real sample lies in the network's input.
  int lead() {
    return lead;
  }

  /// Samples that the mix really has here.
  int available() {
    return available;
  }

  /// The mix, by channel 0 or 1, from the segment's first sample.
  float[] mix(int channel) {
    return mix[channel];
  }
}
