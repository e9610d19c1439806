package dev.stemfleet.common.domain;

/// What a recogniser's networks can do, without what is made of it. Used by one thread at a time.
public interface HearingNetwork {
  /// Mel bands of the spectrum that it hears.
  int bands();

  /// Frames of that spectrum: always as many, whatever the sound's length.
  int frames();

  /// Tokens that a logit is given for.
  int vocabulary();

  /// Lets it hear a sound.
  ///
  /// @param spectrum [#bands] rows of [#frames] numbers
  Hearing hear(float[] spectrum);

  /// What it makes of a sound. Whoever began it closes it.
  interface Hearing extends AutoCloseable {
    /// Adds tokens to the transcript so far.
    ///
    /// @return logits of what comes after the last of them; overwritten by the next call
    float[] next(long... tokens);

    @Override
    void close();
  }
}
