package dev.stemfleet.dispatcher.fetch;

import java.net.http.HttpHeaders;

/// The server's mark for a version of a file, good enough to go on with a part of it (RFC 9110,
/// section 13.1.5).
final class Validator {
  private Validator() {}

  /// A strong ETag, else the date of the last change; empty if there is neither.
  static String of(HttpHeaders headers) {
    String mark =
        headers
            .firstValue("etag")
            .filter(tag -> !tag.startsWith("W/"))
            .or(() -> headers.firstValue("last-modified"))
            .orElse("");
    return mark.matches("[\\x20-\\x7e]{1,300}") ? mark : "";
  }
}
