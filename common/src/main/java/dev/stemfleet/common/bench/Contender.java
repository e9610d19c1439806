package dev.stemfleet.common.bench;

import java.util.concurrent.Callable;

/// One side of a comparison.
///
/// @param name how tables and JSON call it
/// @param work does everything once and returns its seconds
public record Contender(String name, Callable<Double> work) {
  /// A contender whose time is that of the whole call.
  public static Contender timed(String name, Work work) {
    return new Contender(
        name,
        () -> {
          long start = System.nanoTime();
          work.run();
          return (System.nanoTime() - start) / 1e9;
        });
  }

  /// Work that may fail in any way.
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }
}
