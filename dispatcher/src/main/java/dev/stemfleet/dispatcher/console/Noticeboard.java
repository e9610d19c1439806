package dev.stemfleet.dispatcher.console;

import dev.stemfleet.dispatcher.watch.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The newest state of the fleet and its board; whoever wants news waits here. Thread-safe.
///
/// Nothing is kept for those who wait: a slow browser misses boards in between, never the last.
final class Noticeboard {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile Fleet fleet = new Fleet(Instant.EPOCH, List.of(), List.of());
  private Post post = Post.NONE;
  private boolean closed;

  /// A board that was put up.
  ///
  /// @param number 1 for the first
  record Post(long number, Board board) {
    static final Post NONE = new Post(0, Board.EMPTY);
  }

  Fleet fleet() {
    return fleet;
  }

  void put(Fleet newest, Board its) {
    lock.lock();
    try {
      fleet = newest;
      post = new Post(post.number() + 1, its);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The newest board, as soon as it is another than the one that is known.
  ///
  /// @param wait how long at most
  /// @return the known one if there was no other in time, or all is over
  Post after(Post known, Duration wait) throws InterruptedException {
    lock.lock();
    try {
      long nanos = wait.toNanos();
      while (post.number() == known.number() && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return post;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Lets all go who wait.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
