package dev.stemfleet.common.message;

import dev.stemfleet.common.failure.Sentence;

/// A message that is not what it should be. The message says what is wrong in one line.
public final class WireException extends Exception {
  private final boolean newer;

  WireException(String message, boolean newer) {
    super(Sentence.of(message));
    this.newer = newer;
  }

  /// Whether it was written by a newer major version, and so may be perfectly good.
  public boolean newer() {
    return newer;
  }
}
