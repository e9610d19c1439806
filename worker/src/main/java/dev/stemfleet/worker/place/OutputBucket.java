package dev.stemfleet.worker.place;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.s3.StoreFailure;

/// The keys below an output root in an object store that the fleet shares, and that people do not
/// look at.
final class OutputBucket {
  private static final String HIDDEN = ".stemfleet/";
  static final String WORK = HIDDEN + "work/";
  static final String PLACES = HIDDEN + "places/";
  static final String ATTEMPTS = HIDDEN + "attempts/";

  private OutputBucket() {}

  /// Makes sure that a message names outputs.
  ///
  /// @throws IllegalArgumentException if it leads out of the root or is hidden
  static String requireOutput(String relative) {
    for (String part : relative.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException("'" + relative + "' is no place for outputs");
      }
    }
    if (relative.startsWith(".stemfleet")) {
      throw new IllegalArgumentException("'" + relative + "' is no place for outputs");
    }
    return relative;
  }

  /// What a failed write means.
  static JobException failure(StoreFailure e) {
    FailureCode code =
        e.kind() == StoreFailure.Kind.FULL ? FailureCode.DISK_FULL : FailureCode.OUTPUT_UNWRITABLE;
    return new JobException(code, "cannot write " + e.getMessage(), e);
  }
}
