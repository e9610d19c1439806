package dev.stemfleet.common.s3;

import java.time.Duration;

/// How long the object store may take.
///
/// @param connect for the store to answer at all
/// @param silence without a byte
/// @param attempt for one request, its bytes included
/// @param whole for a request with all that are sent after its failures, or a download
/// @param pause before a request is sent again, at most; doubles each time, and is ten times as
///   long where the store asks for less to do
/// @param retries how often a request is sent again after a failure that may pass
/// @param partBytes what is sent in one request of a large file: at least 5 MiB
public record StoreLimits(
    Duration connect,
    Duration silence,
    Duration attempt,
    Duration whole,
    Duration pause,
    int retries,
    int partBytes) {
  public static final StoreLimits USUAL =
      new StoreLimits(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofMillis(100),
          3,
          16 << 20);
}
