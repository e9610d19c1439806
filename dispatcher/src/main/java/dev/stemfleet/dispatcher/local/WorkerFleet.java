package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The workers of this machine, one process per device. Thread-safe; the caller closes.
public final class WorkerFleet implements AutoCloseable {
  private final Map<String, PinnedWorker> workers = new ConcurrentHashMap<>();
  private final Consumer<String> lines;
  private final Duration drainTime;

  private WorkerFleet(Consumer<String> lines, Duration drainTime) {
    this.lines = lines;
    this.drainTime = drainTime;
  }

  /// Starts all of them and returns at once.
  ///
  /// @param commands of the processes, by device
  /// @param lines takes their output, each line with its device before it; from several threads
  /// @param drainTime that a worker has to leave before it is killed
  /// @throws IOException if one cannot be started; none is left running then
  public static WorkerFleet start(
      SequencedMap<String, List<String>> commands, Consumer<String> lines, Duration drainTime)
      throws IOException {
    WorkerFleet fleet = new WorkerFleet(lines, drainTime);
    try {
      for (Map.Entry<String, List<String>> one : commands.entrySet()) {
        String device = one.getKey();
        fleet.workers.put(device, PinnedWorker.start(device, one.getValue(), lines));
      }
    } catch (IOException e) {
      fleet.close();
      throw e;
    }
    return fleet;
  }

  /// Waits until a worker ends: none does by itself as long as all is well.
  ///
  /// @throws JobException DEVICE_FAILED naming the device, the exit code and what was said last, if
  ///   it was not asked to leave
  public void await() throws InterruptedException {
    PinnedWorker first = firstEnded();
    if (first.exitCode() != 0) {
      throw new JobException(
          FailureCode.DEVICE_FAILED,
          "the worker on %s ended with exit code %d; it said last: %s"
              .formatted(first.device(), first.exitCode(), first.lastLine()));
    }
  }

  /// Lets all of them finish or hand back what they have, at the same time. Safe to call twice.
  @Override
  public void close() {
    workers.values().forEach(PinnedWorker::drain);
    try {
      all().get(drainTime.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      lines.accept("workers that did not leave within " + drainTime.toSeconds() + " s are killed");
      workers.values().forEach(PinnedWorker::kill);
    } catch (InterruptedException e) {
      workers.values().forEach(PinnedWorker::kill);
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private CompletableFuture<Void> all() {
    return CompletableFuture.allOf(
        workers.values().stream().map(PinnedWorker::ended).toArray(CompletableFuture<?>[]::new));
  }

  private PinnedWorker firstEnded() throws InterruptedException {
    CompletableFuture<PinnedWorker> first = new CompletableFuture<>();
    for (PinnedWorker worker : workers.values()) {
      var _ = worker.ended().thenAccept(first::complete);
    }
    try {
      return first.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
