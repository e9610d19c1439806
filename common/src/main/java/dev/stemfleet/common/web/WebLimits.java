package dev.stemfleet.common.web;

import java.time.Duration;

/// How long a server may take.
///
/// @param connect for one address to answer at all
/// @param silence without a byte
/// @param whole for everything, redirects included
public record WebLimits(Duration connect, Duration silence, Duration whole) {
  public static final WebLimits USUAL =
      new WebLimits(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(30));
}
