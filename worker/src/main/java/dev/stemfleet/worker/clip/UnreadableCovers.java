package dev.stemfleet.worker.clip;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The covers that could not be read lately, and why: the next channel of the track gets the same
/// warning without another attempt. Thread-safe.
final class UnreadableCovers {
  private static final int KEPT = 1000;

  private final Map<String, String> reasons =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > KEPT;
        }
      };

  synchronized Optional<String> reason(String sha256) {
    return Optional.ofNullable(reasons.get(sha256));
  }

  synchronized void remember(String sha256, String reason) {
    reasons.put(sha256, reason);
  }
}
