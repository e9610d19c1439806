package dev.stemfleet.dispatcher.fetch;

import java.net.URI;

/// Addresses in messages.
final class Shown {
  private Shown() {}

  /// Without the query, which may hold a signature, and without control characters.
  static String of(URI uri) {
    return uri.toString().replaceFirst("[?#].*", "").replaceAll("\\p{Cntrl}", "");
  }
}
