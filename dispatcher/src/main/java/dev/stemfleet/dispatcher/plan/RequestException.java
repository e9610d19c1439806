package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.failure.Sentence;

/// What was asked for makes no sense as a whole, so nothing was done. The message is one line that
/// names the field or file.
public final class RequestException extends RuntimeException {
  public RequestException(String message) {
    super(Sentence.of(message));
  }
}
