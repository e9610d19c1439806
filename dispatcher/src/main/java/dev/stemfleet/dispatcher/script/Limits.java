package dev.stemfleet.dispatcher.script;

import org.jspecify.annotations.Nullable;

/// Complaints about numbers in files that people write. What is not there is not wrong.
final class Limits {
  private Limits() {}

  /// @throws IllegalArgumentException naming the field
  static void check(String field, @Nullable Double value, double least, double most) {
    // Not-a-number is in no range.
    if (value != null && !(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s: is %s; it must be from %s to %s"
              .formatted(field, shown(value), shown(least), shown(most)));
    }
  }

  /// @throws IllegalArgumentException naming the field
  static void check(String field, @Nullable Integer value, int least, int most) {
    check(field, value == null ? null : value.doubleValue(), least, most);
  }

  private static String shown(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
