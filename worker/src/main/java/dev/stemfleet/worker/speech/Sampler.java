package dev.stemfleet.worker.speech;

/// Draws the next speech token from the model's logits. For one candidate, one thread.
interface Sampler {
  /// Draws one and remembers it.
  ///
  /// @param logits of the conditioned row, then, with guidance, those of the other one
  /// @param size of the vocabulary
  /// @throws IllegalStateException if a logit is not a number
  int draw(float[] logits, int size);
}
