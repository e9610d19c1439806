package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The workers of this machine, one process per device. Thread-safe; the caller closes.
public final class WorkerFleet implements AutoCloseable {
  private final List<Lane> lanes = new ArrayList<>();
  private final Consumer<String> lines;
  private final Duration drainTime;
  private final Restarts restarts;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("stemfleet-restart").daemon().factory());

  private WorkerFleet(Consumer<String> lines, Duration drainTime, Restarts restarts) {
    this.lines = lines;
    this.drainTime = drainTime;
    this.restarts = restarts;
  }

  /// Starts all of them, each once, and returns at once.
  ///
  /// @param commands of the processes, by device
  /// @param lines takes their output, each line with its device before it; from several threads
  /// @param drainTime that a worker has to leave before it is killed
  /// @throws IOException if one cannot be started; none is left running then
  public static WorkerFleet start(
      SequencedMap<String, List<String>> commands, Consumer<String> lines, Duration drainTime)
      throws IOException {
    return start(commands, lines, drainTime, Restarts.NONE);
  }

  /// The same, and starts again what ends by itself.
  public static WorkerFleet start(
      SequencedMap<String, List<String>> commands,
      Consumer<String> lines,
      Duration drainTime,
      Restarts restarts)
      throws IOException {
    WorkerFleet fleet = new WorkerFleet(lines, drainTime, restarts);
    try {
      for (Map.Entry<String, List<String>> one : commands.entrySet()) {
        Lane lane = new Lane(one.getKey(), one.getValue(), restarts, lines, fleet.timer);
        lane.start();
        fleet.lanes.add(lane);
      }
    } catch (IOException e) {
      fleet.close();
      throw e;
    }
    return fleet;
  }

  /// Waits until no device has a worker any more, or, where nothing is started again, until the
  /// first has none: none ends by itself as long as all is well.
  ///
  /// @throws JobException DEVICE_FAILED naming the device, the exit code and what was said last, if
  ///   a worker was not asked to leave
  public void await() throws InterruptedException {
    for (PinnedWorker last : restarts.most() == 0 ? List.of(first()) : all()) {
      if (last.exitCode() != 0) {
        throw new JobException(
            FailureCode.DEVICE_FAILED,
            "the worker on %s ended with exit code %d; it said last: %s"
                .formatted(last.device(), last.exitCode(), last.lastLine()));
      }
    }
  }

  /// Lets all of them finish or hand back what they have, at the same time. Safe to call twice.
  @Override
  public void close() {
    lanes.forEach(Lane::drain);
    timer.shutdownNow();
    try {
      over().get(drainTime.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      lines.accept("workers that did not leave within " + drainTime.toSeconds() + " s are killed");
      lanes.forEach(Lane::kill);
    } catch (InterruptedException e) {
      lanes.forEach(Lane::kill);
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private CompletableFuture<Void> over() {
    return CompletableFuture.allOf(
        lanes.stream().map(Lane::over).toArray(CompletableFuture<?>[]::new));
  }

  private List<PinnedWorker> all() throws InterruptedException {
    await(over());
    return lanes.stream().map(lane -> lane.over().join()).toList();
  }

  private PinnedWorker first() throws InterruptedException {
    CompletableFuture<PinnedWorker> first = new CompletableFuture<>();
    for (Lane lane : lanes) {
      var _ = lane.over().thenAccept(first::complete);
    }
    return await(first);
  }

  private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
