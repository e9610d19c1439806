package dev.stemfleet.worker.separation;

/// A mix in memory, read in odd pieces.
final class ArraySource implements MixSource {
  private final float[][] mix;
  private final int piece;
  private int at;

  ArraySource(float[][] mix, int piece) {
    this.mix = mix;
    this.piece = piece;
  }

  @Override
  public int read(float[] left, float[] right) {
    int count = Math.min(Math.min(piece, left.length), mix[0].length - at);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(mix[0], at, left, 0, count);
    System.arraycopy(mix[1], at, right, 0, count);
    at += count;
    return count;
  }

  /// A sawtooth on the left, its negative on the right.
  static MixSource ramp(int length) {
    float[][] mix = new float[2][length];
    for (int i = 0; i < length; i++) {
      mix[0][i] = rampAt(i);
      mix[1][i] = -rampAt(i);
    }
    return new ArraySource(mix, 700);
  }

  static float rampAt(int i) {
    return (float) (i % 1000 + 1) / 1001;
  }
}
