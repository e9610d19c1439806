package dev.stemfleet.common.domain.speech;

/// Complaints about numbers.
final class Ranges {
  private Ranges() {}

  /// @throws IllegalArgumentException naming the field, if the value is out of range or no number
  static void require(String field, double value, double least, double most) {
    // Not-a-number is in no range.
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s: is %s; it must be from %s to %s".formatted(field, value, least, most));
    }
  }
}
