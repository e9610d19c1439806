package dev.stemfleet.dispatcher.fetch;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a file before it is there. Hugging Face tells the SHA-256 and the size of large
/// files in headers of its first answer, the redirect.
///
/// @param sha256 null if nobody said
/// @param bytes -1 if nobody said
/// @param commit of the repository, null if there is none
record Promise(@Nullable String sha256, long bytes, @Nullable String commit) {
  /// @param ordered the operator's, null if none
  /// @throws FetchException if both say different things
  static Promise of(URI uri, @Nullable String ordered, HttpHeaders first) {
    @Nullable String linked =
        first
            .firstValue("x-linked-etag")
            .map(Promise::bare)
            .filter(tag -> tag.matches("[0-9a-f]{64}"))
            .orElse(null);
    if (ordered != null && linked != null && !ordered.equals(linked)) {
      throw new FetchException(
          "%s: the repository says sha256 %s, --sha256 is %s"
              .formatted(Shown.of(uri), linked, ordered));
    }
    return new Promise(
        ordered == null ? linked : ordered,
        number(first.firstValue("x-linked-size")),
        first.firstValue("x-repo-commit").filter(c -> c.matches("[0-9a-f]{7,64}")).orElse(null));
  }

  static long number(Optional<String> header) {
    return header.filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong).orElse(-1L);
  }

  private static String bare(String tag) {
    return tag.strip().replaceFirst("^W/", "").replace("\"", "");
  }
}
