package dev.stemfleet.worker.speech;

/// A candidate that came to nothing; another one may do better.
public final class SpeechException extends Exception {
  private static final long serialVersionUID = 1;

  public SpeechException(String message) {
    super(message);
  }
}
