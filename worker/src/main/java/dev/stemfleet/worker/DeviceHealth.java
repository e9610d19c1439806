package dev.stemfleet.worker;

import dev.stemfleet.common.failure.FailureCode;
import java.util.HashSet;
import java.util.Set;

/// Whether the device can still be trusted with jobs: not when different jobs failed in a row
/// because of it. Used by the job loop's thread.
final class DeviceHealth {
  private static final int ENOUGH = 3;

  private final Set<String> failed = new HashSet<>();

  /// A job was done, by this device.
  void worked() {
    failed.clear();
  }

  /// A try of a job failed.
  void failed(String jobId, FailureCode code) {
    if (code.blamesDevice()) {
      failed.add(jobId);
    }
  }

  /// Whether nothing more should be tried with it.
  boolean unfit() {
    return failed.size() >= ENOUGH;
  }
}
