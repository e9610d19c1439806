package dev.stemfleet.dispatcher.models;

/// A file is no model that can be used; the message is one line that names the file.
public final class ModelException extends RuntimeException {
  public ModelException(String message) {
    super(message);
  }
}
