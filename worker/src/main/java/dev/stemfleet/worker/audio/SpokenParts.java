package dev.stemfleet.worker.audio;

/// The parts of a narration, in order. Samples are asked for one part after the other, and may be
/// asked for again.
public interface SpokenParts {
  int count();

  /// Of a part, without asking for its samples.
  int length(int part);

  /// Mono, ±1; not changed by whoever gets them.
  float[] samples(int part);

  /// Whether a paragraph ends with a part.
  boolean paragraph(int part);
}
