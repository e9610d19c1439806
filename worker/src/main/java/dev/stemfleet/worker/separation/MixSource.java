package dev.stemfleet.worker.separation;

/// Where the mix comes from, block by block. Read by one thread, which need not be the one that
/// opened it.
@FunctionalInterface
public interface MixSource {
  /// Fills both arrays from their start with the next samples, 44.1 kHz, full scale ±1.
  ///
  /// @return how many samples per channel were written, at most the arrays' length, or −1 at the
  ///   end
  int read(float[] left, float[] right);
}
