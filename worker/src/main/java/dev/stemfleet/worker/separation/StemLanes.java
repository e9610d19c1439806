package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.Stem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/// Carries blocks to the sinks: one lane per stem, in order within a lane. Used by the thread that
/// joins; [#stop] may come from any.
final class StemLanes {
  /// Small, so that no encoder is long alone at work, and little is left when the last segment is
  /// joined.
  static final int BLOCK_SAMPLES = 8_192;

  /// One is filled while the sinks work on the others.
  private static final int BLOCKS = 4;

  private final StemSink sink;
  private final Executor encoders;
  private final List<Stem> stems;
  private final List<StemBlock> blocks;
  private final List<CompletableFuture<Void>> tails = new ArrayList<>();
  private volatile boolean stopped;
  private int next;

  StemLanes(StemSink sink, Executor encoders, List<Stem> stems) {
    this.sink = sink;
    this.encoders = encoders;
    this.stems = stems;
    this.blocks =
        Stream.generate(() -> new StemBlock(stems.size(), BLOCK_SAMPLES)).limit(BLOCKS).toList();
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

  /// Waits until no sink is at work and nothing is left to be taken; throws what a sink threw.
  void finish() {
    await(CompletableFuture.allOf(tails.toArray(CompletableFuture[]::new)));
  }

  /// Whatever the sinks have not begun to take, they do not get.
  void stop() {
    stopped = true;
  }

  private void write(StemBlock block, int lane, int count) {
    if (!stopped) {
      sink.write(stems.get(lane), block.channel(lane, 0), block.channel(lane, 1), count);
    }
  }

  private static void await(CompletableFuture<?> future) {
    try {
      future.join();
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case RuntimeException exception -> exception;
        case Error error -> throw error;
        case null, default -> e;
      };
    }
  }
}
