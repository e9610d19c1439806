package dev.stemfleet.common.domain;

import java.util.Objects;

/// A tensor in an array: for networks that are none, and for whatever need not lie outside the
/// heap. The array is the caller's and is used as it is.
///
/// @param values in row-major order
public record ArrayTensor(TensorShape shape, float[] values) implements Tensor {
  public ArrayTensor {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "values: a tensor of %s has %d, not %d".formatted(shape, shape.size(), values.length));
    }
  }

  /// Zeros.
  public static ArrayTensor of(TensorShape shape) {
    return new ArrayTensor(shape, new float[Math.toIntExact(shape.size())]);
  }

  @Override
  public void put(int at, float[] from, int offset, int count) {
    Objects.checkFromIndexSize(at, count, values.length);
    System.arraycopy(from, offset, values, at, count);
  }

  @Override
  public void get(int at, float[] to, int offset, int count) {
    Objects.checkFromIndexSize(at, count, values.length);
    System.arraycopy(values, at, to, offset, count);
  }
}
