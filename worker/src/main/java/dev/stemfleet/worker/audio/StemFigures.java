package dev.stemfleet.worker.audio;

/// What a stem's sound is like.
///
/// @param samples per channel
/// @param truePeakDbtp in dB relative to full scale; negative infinity for digital silence
/// @param rmsDbfs root mean square of both channels, 0 = a square wave at full scale; negative
///   infinity for digital silence
public record StemFigures(long samples, double truePeakDbtp, double rmsDbfs) {
  /// Below this peak a stem counts as silent.
  public static final double SILENCE_DBTP = -80;

  public boolean silent() {
    return truePeakDbtp < SILENCE_DBTP;
  }
}
