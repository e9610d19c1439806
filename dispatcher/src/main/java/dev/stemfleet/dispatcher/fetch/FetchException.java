package dev.stemfleet.dispatcher.fetch;

/// A file could not be fetched; the message is one line that names its address.
public final class FetchException extends RuntimeException {
  public FetchException(String message) {
    super(message);
  }
}
