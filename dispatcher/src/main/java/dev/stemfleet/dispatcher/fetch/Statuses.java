package dev.stemfleet.dispatcher.fetch;

import java.net.URI;
import java.time.Duration;

/// What answers of servers mean to somebody who wants a file.
final class Statuses {
  private Statuses() {}

  /// @param repository whether it is one that may want an access token
  /// @throws Download.TryAgain if the server is busy or ill
  /// @throws FetchException if it will not give the file
  static void check(URI uri, boolean repository, Web.Answer answer) throws Download.TryAgain {
    int status = answer.status();
    switch (status) {
      case 200, 206, 416 -> {}
      case 404, 410 -> throw new FetchException(Shown.of(uri) + ": there is no such file");
      case 401, 403 ->
          throw new FetchException(
              Shown.of(uri)
                  + ": access is refused"
                  + (repository
                      ? " (accept the terms on its page, then set HF_TOKEN; or there is no such"
                          + " repository)"
                      : ""));
      case 408, 425, 429, 500, 502, 503, 504 ->
          throw new Download.TryAgain("the server answered " + status, retryAfter(answer));
      default -> throw new FetchException(Shown.of(uri) + ": the server answered " + status);
    }
  }

  /// How long a busy server asks to be left alone.
  private static Duration retryAfter(Web.Answer answer) {
    return Duration.ofSeconds(
        Math.max(0, Promise.number(answer.headers().firstValue("retry-after"))));
  }

  /// @param bytes -1 if unknown
  /// @throws FetchException if they are more than was ordered or announced
  static void checkSize(Order order, long announced, long bytes) {
    String uri = Shown.of(order.address().uri());
    if (bytes > order.mostBytes()) {
      throw new FetchException(
          "%s: has at least %,d bytes, --max-size allows %,d"
              .formatted(uri, bytes, order.mostBytes()));
    }
    if (announced >= 0 && bytes > announced) {
      throw new FetchException(
          "%s: has more than the %,d bytes that were announced".formatted(uri, announced));
    }
  }
}
