package dev.stemfleet.worker;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What was asked a moment ago, for many who ask the same at once. Thread-safe.
final class Lately<T> implements Supplier<T> {
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Supplier<T> question;
  private @Nullable T answer;
  private long atNanos;

  Lately(Supplier<T> question) {
    this.question = question;
  }

  @Override
  public synchronized T get() {
    T known = answer;
    if (known == null || System.nanoTime() - atNanos > MOMENT_NANOS) {
      known = question.get();
      answer = known;
      atNanos = System.nanoTime();
    }
    return known;
  }
}
