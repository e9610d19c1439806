package dev.stemfleet.worker.speech;

/// What listens: writes down what is said in a sound. One thread at a time.
public interface Recogniser {
  /// Writes down what is said.
  ///
  /// @param samples 24 kHz, mono, ±1
  /// @param language of what is said, as `en`
  /// @return without white space at its ends; empty if nothing is said
  /// @throws dev.stemfleet.common.failure.JobException if it does not know the language, or
  ///   DEVICE_FAILED, or DEVICE_OUT_OF_MEMORY
  String transcript(float[] samples, String language);
}
