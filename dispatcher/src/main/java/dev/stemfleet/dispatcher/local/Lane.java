package dev.stemfleet.dispatcher.local;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The workers of one device, one after the other: started again when they end by themselves, until
/// that has happened too often. Thread-safe.
final class Lane {
  /// Of a worker whose settings are wrong, which no restart mends.
  private static final int WRONG_SETTINGS = 2;

  private final String device;
  private final List<String> command;
  private final Restarts restarts;
  private final Consumer<String> lines;
  private final ScheduledExecutorService timer;
  private final CompletableFuture<PinnedWorker> over = new CompletableFuture<>();

  // Guarded by this:
  private @Nullable PinnedWorker worker;
  private long startedNanos;
  private int failures;
  private boolean leaving;

  Lane(
      String device,
      List<String> command,
      Restarts restarts,
      Consumer<String> lines,
      ScheduledExecutorService timer) {
    this.device = device;
    this.command = command;
    this.restarts = restarts;
    this.lines = lines;
    this.timer = timer;
  }

  /// Starts a worker, unless none is wanted any more.
  synchronized void start() throws IOException {
    if (leaving) {
      return;
    }
    startedNanos = System.nanoTime();
    PinnedWorker next = PinnedWorker.start(device, command, lines);
    worker = next;
    var _ = next.ended().thenAccept(this::ended);
  }

  /// Completed with the last worker once no other follows.
  CompletableFuture<PinnedWorker> over() {
    return over;
  }

  /// Asks the worker to finish or hand back what it has, and to leave; none follows.
  synchronized void drain() {
    leaving = true;
    PinnedWorker now = worker;
    if (now != null && !now.isAlive()) {
      over.complete(now);
    } else if (now != null) {
      now.drain();
    }
  }

  synchronized void kill() {
    if (worker != null) {
      worker.kill();
    }
  }

  private synchronized void ended(PinnedWorker ended) {
    int code = ended.exitCode();
    if (leaving || code == 0) {
      over.complete(ended);
      return;
    }
    Duration ran = Duration.ofNanos(System.nanoTime() - startedNanos);
    failures = ran.compareTo(restarts.well()) >= 0 ? 1 : failures + 1;
    if (failures > restarts.most() || code == WRONG_SETTINGS) {
      if (restarts.most() > 0) {
        lines.accept(
            "[%s] GIVEN UP: its worker ended with exit code %d, %d times in a row"
                .formatted(device, code, failures));
      }
      over.complete(ended);
      return;
    }
    Duration wait = restarts.wait(failures);
    lines.accept(
        String.format(
            Locale.ROOT,
            "[%s] its worker ended with exit code %d; the next starts in %.1f s (%d of %d)",
            device,
            code,
            wait.toMillis() / 1000.0,
            failures,
            restarts.most()));
    var _ = timer.schedule(() -> startAgain(ended), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void startAgain(PinnedWorker before) {
    try {
      start();
    } catch (IOException e) {
      lines.accept("[" + device + "] GIVEN UP: no worker can be started: " + e.getMessage());
      over.complete(before);
    }
  }
}
