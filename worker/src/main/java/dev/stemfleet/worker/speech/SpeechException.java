package dev.stemfleet.worker.speech;

/// A candidate that came to nothing; another one may do better.
final class SpeechException extends Exception {
  private static final long serialVersionUID = 1;

  SpeechException(String message) {
    super(message);
  }
}
