package dev.stemfleet.worker.clip;

import org.jspecify.annotations.Nullable;

/// A picture's bytes are no picture that can be used. Never leaves this room.
final class UnreadablePictureException extends RuntimeException {
  UnreadablePictureException(String message) {
    this(message, null);
  }

  UnreadablePictureException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
