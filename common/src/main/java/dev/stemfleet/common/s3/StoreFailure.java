package dev.stemfleet.common.s3;

import java.io.IOException;

/// The object store did not do what was asked. The message is one sentence that names the object;
/// there is nothing secret in it. Which failure of a job that is, only the caller knows.
public final class StoreFailure extends IOException {
  private static final long serialVersionUID = 1;

  /// What kind of failure.
  public enum Kind {
    /// There is no such object or bucket.
    MISSING,
    /// The store does not allow it, or there are no keys to ask with.
    FORBIDDEN,
    /// There is no room left.
    FULL,
    /// More bytes than are read.
    TOO_LARGE,
    /// Everything that may pass.
    UNREACHABLE
  }

  private final Kind kind;

  StoreFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  StoreFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// A failure that may pass, of those who use the store.
  ///
  /// @param name of the object
  public static StoreFailure late(String name, String why) {
    return new StoreFailure(Kind.UNREACHABLE, name + ": " + why);
  }

  public Kind kind() {
    return kind;
  }
}
