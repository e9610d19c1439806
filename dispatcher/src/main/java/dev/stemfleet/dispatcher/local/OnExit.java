package dev.stemfleet.dispatcher.local;

import java.util.Arrays;
import java.util.List;

/// Closes things in order when this process is told to end (Ctrl-C, SIGTERM) before they were
/// closed otherwise. Closing it takes the promise back.
public final class OnExit implements AutoCloseable {
  private final Thread hook;

  private OnExit(Thread hook) {
    this.hook = hook;
  }

  /// @param things closed in this order; each must bear being closed twice
  public static OnExit close(AutoCloseable... things) {
    List<AutoCloseable> all = List.copyOf(Arrays.asList(things));
    Thread hook = Thread.ofPlatform().name("stemfleet-exit").unstarted(() -> closeAll(all));
    Runtime.getRuntime().addShutdownHook(hook);
    return new OnExit(hook);
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
