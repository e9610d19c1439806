package dev.stemfleet.common.http;

/// A request that is not answered with what it asked for; the client hears the status and one line.
public final class RequestRefused extends RuntimeException {
  private final int status;

  /// @param status from 400 on
  /// @param line without what the client should not know
  public RequestRefused(int status, String line) {
    super(line);
    this.status = status;
  }

  public int status() {
    return status;
  }

  Answer answer() {
    return Answer.line(status, String.valueOf(getMessage()));
  }
}
