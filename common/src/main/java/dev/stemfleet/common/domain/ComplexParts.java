package dev.stemfleet.common.domain;

import java.util.List;

/// Where the real and imaginary parts of a stereo spectrum lie in a network's tensors. F bins, T
/// frames; left before right.
public enum ComplexParts {
  /// `[B, 4, F, T]`: left real, left imaginary, right real, right imaginary.
  CHANNELS,
  /// `[B, 2, 2, F, T]`: channel, then real and imaginary.
  PAIRS,
  /// Last axis: `[B, 2, F, T, 2]`; for RoFormer `[B, 2F, T, 2]` with index bin · 2 + channel.
  LAST,
  /// For RoFormer only: `[B, 2, F, T, 2]`, with an axis for channels.
  PAIRS_LAST,
  /// Two tensors `[B, 2, F, T]`: the real parts, then the imaginary ones.
  SPLIT,
  /// `[B, T, 4F]`: bin, then channel, then real and imaginary. Outputs are as with [#LAST].
  FLAT;

  /// Shapes of a spectrum.
  List<TensorShape> shapes(long batch, long bins, long frames) {
    return switch (this) {
      case CHANNELS -> List.of(TensorShape.of(batch, 4, bins, frames));
      case PAIRS -> List.of(TensorShape.of(batch, 2, 2, bins, frames));
      case LAST, PAIRS_LAST -> List.of(TensorShape.of(batch, 2, bins, frames, 2));
      case SPLIT -> twice(TensorShape.of(batch, 2, bins, frames));
      case FLAT -> List.of(TensorShape.of(batch, frames, 4 * bins));
    };
  }

  /// Shapes of the spectra of `stems` stems: as [#shapes] with the stems on axis 1.
  List<TensorShape> stemShapes(long batch, long stems, long bins, long frames) {
    return switch (this) {
      case CHANNELS -> List.of(TensorShape.of(batch, stems, 4, bins, frames));
      case PAIRS -> List.of(TensorShape.of(batch, stems, 2, 2, bins, frames));
      case LAST, PAIRS_LAST -> List.of(TensorShape.of(batch, stems, 2, bins, frames, 2));
      case SPLIT -> twice(TensorShape.of(batch, stems, 2, bins, frames));
      case FLAT -> stemBandShapes(batch, stems, bins, frames);
    };
  }

  /// As [#shapes], with bins and channels on one axis where that is how RoFormers have it.
  List<TensorShape> bandShapes(long batch, long bins, long frames) {
    return this == LAST
        ? List.of(TensorShape.of(batch, 2 * bins, frames, 2))
        : shapes(batch, bins, frames);
  }

  /// As [#stemShapes], with bins and channels on one axis where that is how RoFormers have it.
  List<TensorShape> stemBandShapes(long batch, long stems, long bins, long frames) {
    return this == LAST || this == FLAT
        ? List.of(TensorShape.of(batch, stems, 2 * bins, frames, 2))
        : stemShapes(batch, stems, bins, frames);
  }

  private static List<TensorShape> twice(TensorShape shape) {
    return List.of(shape, shape);
  }
}
