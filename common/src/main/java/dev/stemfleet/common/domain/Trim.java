package dev.stemfleet.common.domain;

import org.jspecify.annotations.Nullable;

/// The part of a source that is used.
///
/// @param startSeconds from the source's beginning, 0 or more
/// @param endSeconds from the source's beginning, after the start; null = to its end
public record Trim(double startSeconds, @Nullable Double endSeconds) {
  public static final Trim NONE = new Trim(0, null);

  public Trim {
    if (!(startSeconds >= 0)) {
      throw new IllegalArgumentException("trim.startSeconds: must be 0 or more");
    }
    if (endSeconds != null && !(endSeconds > startSeconds)) {
      throw new IllegalArgumentException("trim.endSeconds: must be after the start");
    }
  }
}
