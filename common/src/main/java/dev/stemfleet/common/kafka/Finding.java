package dev.stemfleet.common.kafka;

import java.util.List;

/// One thing that a check looked at. Immutable.
///
/// @param grade whether it is as it should be
/// @param what one sentence on what was found
/// @param mend the command or step that mends it; empty where nothing is to be mended
public record Finding(Grade grade, String what, String mend) {
  /// How bad a finding is.
  public enum Grade {
    OK,
    /// Works, but not as it should.
    WARNING,
    /// Work cannot be done until it is mended.
    FAULT
  }

  public static Finding ok(String what) {
    return new Finding(Grade.OK, what, "");
  }

  public static Finding warning(String what, String mend) {
    return new Finding(Grade.WARNING, what, mend);
  }

  public static Finding fault(String what, String mend) {
    return new Finding(Grade.FAULT, what, mend);
  }

  /// Whether any of the findings is a fault.
  public static boolean anyFault(List<Finding> findings) {
    return findings.stream().anyMatch(finding -> finding.grade() == Grade.FAULT);
  }

  /// One line for a terminal or a log.
  public String line() {
    return mend.isEmpty() ? what : what + " Mend it with: " + mend;
  }
}
