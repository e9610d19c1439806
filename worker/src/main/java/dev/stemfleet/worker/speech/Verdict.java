package dev.stemfleet.worker.speech;

import org.jspecify.annotations.Nullable;

/// What is thought of a take.
///
/// @param usable whether it may be published if there is nothing better: it sounds
/// @param valid whether it is good enough
/// @param overall by which takes are compared, 0…1
/// @param fault what the signal shows to be wrong, in words; null if nothing
/// @param transcript what the recogniser heard; null if none listened
/// @param similarity of the words; null if none listened
/// @param quality similarity and length together; null if none listened
public record Verdict(
    boolean usable,
    boolean valid,
    double overall,
    @Nullable String fault,
    @Nullable String transcript,
    @Nullable Double similarity,
    @Nullable Double quality) {
  /// Of what cannot be published.
  static Verdict unusable(String fault) {
    return new Verdict(false, false, 0, fault, null, null, null);
  }

  /// Of what nobody listened to.
  static Verdict ofSignal(@Nullable String fault) {
    return new Verdict(true, fault == null, fault == null ? 1 : 0, fault, null, null, null);
  }
}
