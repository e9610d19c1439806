package dev.stemfleet.common.domain;

import java.util.Objects;

/// A tensor in an array: for networks that are none, and for whatever need not lie outside the
/// heap. The array is the caller's and is used as it is.
public final class ArrayTensor implements Tensor {
  private final TensorShape shape;
  private final float[] values;

  /// @param values in row-major order
  public ArrayTensor(TensorShape shape, float[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "values: a tensor of %s has %d, not %d".formatted(shape, shape.size(), values.length));
    }
    this.shape = shape;
    this.values = values;
  }

  /// Zeros.
  public static ArrayTensor of(TensorShape shape) {
    return new ArrayTensor(shape, new float[Math.toIntExact(shape.size())]);
  }

  @Override
  public TensorShape shape() {
    return shape;
  }

  /// The array itself.
  public float[] values() {
    return values;
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
