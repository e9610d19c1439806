package dev.stemfleet.common.metrics;

import dev.stemfleet.common.http.Answer;
import dev.stemfleet.common.http.Handler;
import dev.stemfleet.common.http.Request;
import java.util.Optional;
import java.util.function.Supplier;

/// Says `ok`, or with status 503 in one line what is wrong.
///
/// @param problem asked at every request; by several threads
public record HealthPage(Supplier<Optional<String>> problem) implements Handler {
  /// Whether the program should be started anew.
  public static final String ALIVE = "/healthz";

  /// Whether it can do its work.
  public static final String READY = "/readyz";

  @Override
  public Answer answer(Request request) {
    return problem
        .get()
        .map(line -> Answer.line(503, line))
        .orElseGet(() -> Answer.line(200, "ok"));
  }
}
