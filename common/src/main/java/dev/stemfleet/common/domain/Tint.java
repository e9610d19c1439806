package dev.stemfleet.common.domain;

/// A colour laid over the background of a channel's frames.
///
/// @param red 0…255
/// @param green 0…255
/// @param blue 0…255
/// @param strength 0 (nothing) … 1 (only the colour)
public record Tint(int red, int green, int blue, double strength) {
  public Tint {
    if ((red | green | blue) < 0 || red > 255 || green > 255 || blue > 255) {
      throw new IllegalArgumentException("red, green, blue: must be 0 to 255");
    }
    if (!(strength >= 0 && strength <= 1)) {
      throw new IllegalArgumentException("strength: must be 0 to 1");
    }
  }
}
