package dev.stemfleet.common.domain;

/// How sound gets into a network and out of it: the shapes of its tensors and what surrounds them.
/// A new kind of network is a new record here; every switch over layouts then fails to compile
/// until it knows the new one.
public sealed interface ModelLayout {
  /// The word in the definition's `layout` field.
  String key();

  /// Waveform in, waveforms out: float32 `[1, channels, samples]` to `[1, stems, channels,
  /// samples]`. Spectra, if any, are made inside the network.
  record Waveform() implements ModelLayout {
    public static final String KEY = "waveform";

    @Override
    public String key() {
      return KEY;
    }
  }
}
