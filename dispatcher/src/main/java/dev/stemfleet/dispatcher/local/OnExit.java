package dev.stemfleet.dispatcher.local;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Closes things in order when this process is told to end (Ctrl-C, SIGTERM) before they were
/// closed otherwise. Closing it takes the promise back.
public final class OnExit implements AutoCloseable {
  private final AtomicBoolean begun;
  private final Thread hook;

  private OnExit(AtomicBoolean begun, Thread hook) {
    this.begun = begun;
    this.hook = hook;
  }

  /// @param things closed in this order; each must bear being closed twice
  public static OnExit close(AutoCloseable... things) {
    List<AutoCloseable> all = List.copyOf(Arrays.asList(things));
    AtomicBoolean begun = new AtomicBoolean();
    Runnable end =
        () -> {
          begun.set(true);
          closeAll(all);
        };
    Thread hook = Thread.ofPlatform().name("stemfleet-exit").unstarted(end);
    Runtime.getRuntime().addShutdownHook(hook);
    return new OnExit(begun, hook);
  }

  /// Whether this process was told to end: what breaks from now on is no news.
  public boolean begun() {
    return begun.get();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already and the hook does its work.
      return;
    }
  }

  private static void closeAll(List<AutoCloseable> things) {
    for (AutoCloseable thing : things) {
      try {
        thing.close();
      } catch (Exception e) {
        System.err.println("stemfleet: " + e.getMessage());
      }
    }
  }
}
