package dev.stemfleet.dispatcher.console;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a file, as a `Range` header asks for it (RFC 9110, section 14).
///
/// @param from the first byte, from 0
/// @param to the last byte, included
record ByteRange(long from, long to) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  long bytes() {
    return to - from + 1;
  }

  /// Whether there is anything of it in the file.
  boolean satisfiable() {
    return from <= to;
  }

  /// @param size of the file
  /// @return empty for what means the whole file: several parts at once, other units, nonsense
  static Optional<ByteRange> of(String header, long size) {
    Matcher parts = ONE.matcher(header.strip());
    if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (parts.group(1).isEmpty()) {
      long last = Long.parseLong(parts.group(2));
      return Optional.of(new ByteRange(Math.max(0, size - last), last == 0 ? -1 : size - 1));
    }
    long from = Long.parseLong(parts.group(1));
    long to = parts.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(parts.group(2));
    if (to < from) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(from, Math.min(to, size - 1)));
  }
}
