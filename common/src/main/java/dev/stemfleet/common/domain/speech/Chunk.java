package dev.stemfleet.common.domain.speech;

/// A piece of a script that is spoken in one go.
///
/// @param index 0, 1, …
/// @param text with the white space at its end
/// @param paragraph whether a paragraph ends with it
/// @param speaker id as written in the script; empty for the default speaker
/// @param turn whether it is the first after a speaker's tag
public record Chunk(int index, String text, boolean paragraph, String speaker, boolean turn) {
  /// In code points.
  public int length() {
    return text.codePointCount(0, text.length());
  }
}
