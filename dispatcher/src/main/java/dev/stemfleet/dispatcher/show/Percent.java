package dev.stemfleet.dispatcher.show;

/// Fractions as people read them.
final class Percent {
  private Percent() {}

  /// `0 %` … `100 %`; 100 only when all is done.
  static String of(double fraction) {
    double part = Math.clamp(Double.isNaN(fraction) ? 0 : fraction, 0, 1);
    return (int) Math.floor(part * 100) + " %";
  }
}
