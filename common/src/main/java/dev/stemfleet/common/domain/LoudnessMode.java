package dev.stemfleet.common.domain;

/// What the loudness gain is computed from.
public enum LoudnessMode {
  /// One gain for all stems, from the mix: they still sum to it.
  MIX,
  /// Each stem on its own; they no longer sum to the mix.
  STEM,
  /// No gain at all.
  OFF
}
