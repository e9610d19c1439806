package dev.stemfleet.common.message;

import java.time.Instant;

/// One message of the control topic: end what was submitted before.
///
/// @param target the job id or batch whose jobs are to end
/// @param requestedAt only jobs submitted before it are meant
public record Control(String schema, Action action, String target, Instant requestedAt) {
  /// What can be asked for.
  public enum Action {
    CANCEL
  }
}
