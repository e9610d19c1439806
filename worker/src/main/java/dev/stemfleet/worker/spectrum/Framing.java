package dev.stemfleet.worker.spectrum;

import dev.stemfleet.common.domain.Stft;
import java.util.Arrays;

/// Where the frames of a short-time Fourier transform lie in a signal of a certain length.
///
/// Frame t covers the samples from t · hop − lead on. The inverse is the weighted overlap-add:
/// every frame times the window, added, divided by the sum of the squared windows.
///
/// @param stft n_fft, hop, bins
/// @param samples of the signal
/// @param frames of its spectrum
/// @param lead samples before the signal at which frame 0 begins
/// @param reflected whether what lies beyond the signal's ends is the signal backwards, without the
///   sample at the edge; else silence
/// @param quietFrames beyond both ends of the spectrum: silent, but counted by the inverse
/// @param scale by which the forward transform is multiplied
public record Framing(
    Stft stft, int samples, int frames, int lead, boolean reflected, int quietFrames, float scale) {

  /// Frame t is centred on sample t · hop.
  public static Framing centred(Stft stft, int samples) {
    int frames = samples / stft.hop() + 1;
    return new Framing(stft, samples, frames, stft.fftSize() / 2, true, 0, 1);
  }

  /// As HTDemucs frames: one frame for every hop that the signal begins, scaled by 1 / √n_fft; two
  /// silent frames at both ends of the inverse.
  public static Framing demucs(Stft stft, int samples) {
    int lead = stft.fftSize() / 2 - stft.hop() / 2;
    int frames = Math.ceilDiv(samples, stft.hop());
    float scale = (float) (1 / Math.sqrt(stft.fftSize()));
    return new Framing(stft, samples, frames, lead, true, 2, scale);
  }

  /// As Spleeter frames: a window of silence before the signal, and as many frames as touch it.
  public static Framing uncentred(Stft stft, int samples) {
    int frames = Math.ceilDiv(samples + stft.fftSize(), stft.hop());
    return new Framing(stft, samples, frames, stft.fftSize(), false, 0, 1);
  }

  /// Samples from the start of frame 0 to the end of the last, or of the signal.
  int span() {
    return Math.max(lead + samples, (frames - 1) * stft.hop() + stft.fftSize());
  }

  /// The periodic Hann window.
  static double[] window(int size) {
    double[] window = new double[size];
    Arrays.setAll(window, i -> 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size));
    return window;
  }

  /// By what the overlapped frames are multiplied, for each sample of the signal.
  double[] weights() {
    double[] window = window(stft.fftSize());
    double[] sums = new double[samples];
    for (int frame = -quietFrames; frame < frames + quietFrames; frame++) {
      int start = frame * stft.hop() - lead;
      int end = Math.min(samples, start + window.length);
      for (int i = Math.max(0, start); i < end; i++) {
        sums[i] += window[i - start] * window[i - start];
      }
    }
    // A sample that no frame hears cannot come back.
    Arrays.setAll(sums, i -> sums[i] < 1e-8 ? 0 : 1 / sums[i]);
    return sums;
  }
}
