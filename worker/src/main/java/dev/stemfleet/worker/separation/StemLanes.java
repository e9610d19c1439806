package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Stem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/// Carries blocks from the thread that runs the network to the sinks: one lane per stem, in order
/// within a lane, as many blocks under way as there are blocks. Used by the thread that runs the
/// network.
final class StemLanes {
  private final StemSink sink;
  private final Executor encoders;
  private final List<Stem> stems;
  private final List<StemBlock> blocks;
  private final List<CompletableFuture<Void>> tails = new ArrayList<>();
  private volatile boolean stopped;
  private int next;
  private long waitedNanos;

  StemLanes(StemSink sink, Executor encoders, List<Stem> stems, List<StemBlock> blocks) {
    this.sink = sink;
    this.encoders = encoders;
    this.stems = stems;
    this.blocks = blocks;
    stems.forEach(stem -> tails.add(CompletableFuture.completedFuture(null)));
  }

  /// The next block to fill; waits until the sinks have let it go.
  StemBlock free() {
    StemBlock block = blocks.get(next);
    next = (next + 1) % blocks.size();
    await(block.taken());
    return block;
  }

  /// Hands a filled block over.
  void send(StemBlock block, int count) {
    for (int i = 0; i < tails.size(); i++) {
      int lane = i;
      tails.set(i, tails.get(i).thenRunAsync(() -> write(block, lane, count), encoders));
    }
    block.handOver(CompletableFuture.allOf(tails.toArray(CompletableFuture[]::new)));
  }

  /// Throws what a sink threw, if one did; waits for nobody.
  void check() {
    for (CompletableFuture<Void> tail : tails) {
      if (tail.isCompletedExceptionally()) {
        await(tail);
      }
    }
  }

  /// Waits until the sinks have taken everything.
  void finish() {
    tails.forEach(this::await);
  }

  /// Sends nothing more and waits until no sink is at work, so that the caller may close them.
  void stop() {
    stopped = true;
    for (CompletableFuture<Void> tail : tails) {
      tail.handle((done, failure) -> null).join();
    }
  }

  long waitedNanos() {
    return waitedNanos;
  }

  private void write(StemBlock block, int lane, int count) {
    if (!stopped) {
      sink.write(stems.get(lane), block.channel(lane, 0), block.channel(lane, 1), count);
    }
  }

  private void await(CompletableFuture<?> future) {
    long start = System.nanoTime();
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while stems were written");
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      waitedNanos += System.nanoTime() - start;
    }
  }

  private static RuntimeException unwrapped(ExecutionException wrapper) {
    Throwable cause = wrapper;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      default -> new IllegalStateException(cause);
    };
  }
}
