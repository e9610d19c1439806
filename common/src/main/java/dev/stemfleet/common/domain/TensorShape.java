package dev.stemfleet.common.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The dimensions of a tensor, all known and positive.
public record TensorShape(List<Long> dims) {
  public TensorShape {
    dims = List.copyOf(dims);
    if (dims.isEmpty() || dims.stream().anyMatch(dim -> dim < 1)) {
      throw new IllegalArgumentException("dims: must be there and positive, are " + dims);
    }
  }

  public static TensorShape of(long... dims) {
    return new TensorShape(Arrays.stream(dims).boxed().toList());
  }

  /// Values that a tensor of this shape holds.
  ///
  /// @throws ArithmeticException if they do not fit a long
  public long size() {
    return dims.stream().reduce(1L, Math::multiplyExact);
  }

  /// Without one of its dimensions.
  public TensorShape without(int axis) {
    List<Long> left = new ArrayList<>(dims);
    left.remove(axis);
    return new TensorShape(left);
  }

  static List<TensorShape> join(List<TensorShape> first, List<TensorShape> rest) {
    return Stream.concat(first.stream(), rest.stream()).toList();
  }

  @Override
  public String toString() {
    return dims.toString();
  }
}
