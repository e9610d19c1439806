package dev.stemfleet.common.domain;

/// Numbers on their way into a network or out of it, in row-major order, whatever type the network
/// has for them. Used by one thread at a time.
public interface Tensor {
  TensorShape shape();

  /// Writes `count` values from `from[offset]` on to the tensor's index `at` on.
  ///
  /// @throws IndexOutOfBoundsException if they do not lie in both
  void put(int at, float[] from, int offset, int count);

  /// Reads `count` values from the tensor's index `at` on into `to[offset]` on.
  ///
  /// @throws IndexOutOfBoundsException if they do not lie in both
  void get(int at, float[] to, int offset, int count);
}
