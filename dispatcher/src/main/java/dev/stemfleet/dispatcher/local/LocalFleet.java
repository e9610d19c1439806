package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A whole fleet on this machine: one broker with kept data and one worker, child processes both.
/// Caller closes; what a killed process leaves running ends by itself.
///
/// Both start at once: the worker loads its model while the broker comes up.
public final class LocalFleet implements AutoCloseable {
  /// Somebody who interrupts does not want to wait for a long job.
  private static final String GRACE_SECONDS = "3";

  private final BrokerSlot slot;
  private final FleetSettings settings;
  private final CompletableFuture<Started> broker;
  private final CompletableFuture<WorkerProcess> worker;

  /// @param cancelled jobs of an earlier, interrupted run
  private record Started(LocalBroker broker, int cancelled) {}

  private LocalFleet(
      BrokerSlot slot,
      FleetSettings settings,
      CompletableFuture<Started> broker,
      CompletableFuture<WorkerProcess> worker) {
    this.slot = slot;
    this.settings = settings;
    this.broker = broker;
    this.worker = worker;
  }

  /// Starts both and returns at once.
  ///
  /// @param settings whose Kafka is not used
  /// @param device of the worker
  /// @throws IOException if the state folder cannot be used or no process can be started
  public static LocalFleet start(
      FleetSettings settings, WorkerProgram program, String device, StateFolder state)
      throws IOException {
    BrokerSlot slot = BrokerSlot.take(state);
    try {
      FleetSettings here = settings.onlyBootstrapServers("localhost:" + freePort());
      Supplier<WorkerProcess> starting = () -> startWorker(slot, program, here, device, null);
      boolean interrupted = slot.interrupted();
      slot.begin();
      CompletableFuture<Started> broker =
          CompletableFuture.supplyAsync(
              () -> startBroker(slot, here, interrupted), LocalFleet::inThread);
      // A worker that is there early would take what an interrupted run left.
      CompletableFuture<WorkerProcess> worker =
          interrupted
              ? broker.thenApply(started -> starting.get())
              : CompletableFuture.completedFuture(starting.get());
      return new LocalFleet(slot, here, broker, worker);
    } catch (IOException | RuntimeException e) {
      slot.close();
      throw e;
    }
  }

  /// Starts a worker beside a broker that runs already and is set up; it is closed with the fleet.
  /// For measuring: the worker's caches lie in the state folder.
  ///
  /// @throws IOException if the state folder cannot be used or no process can be started
  public static LocalFleet start(
      FleetSettings settings, WorkerProgram program, StateFolder state, LocalBroker broker)
      throws IOException {
    BrokerSlot slot = BrokerSlot.take(state);
    try {
      FleetSettings here = settings.onlyBootstrapServers(broker.bootstrapServers());
      Path cache = slot.folder().resolve("cache");
      return new LocalFleet(
          slot,
          here,
          CompletableFuture.completedFuture(new Started(broker, 0)),
          CompletableFuture.completedFuture(startWorker(slot, program, here, "cpu", cache)));
    } catch (RuntimeException e) {
      slot.close();
      throw e;
    }
  }

  /// The worker's process id.
  public long workerPid() {
    return joined(worker).pid();
  }

  /// The settings of this fleet's clients.
  public FleetSettings settings() {
    return settings;
  }

  public Path workerLog() {
    return slot.folder().resolve("worker.log");
  }

  /// Waits for the broker, which has its topics then.
  ///
  /// @throws JobException if it does not start; the message names its log
  public KafkaClients awaitBroker() {
    joined(broker);
    return new KafkaClients(KafkaSettings.of(settings));
  }

  /// How many jobs of an earlier, interrupted run were cancelled. Waits for the broker.
  public int cancelled() {
    return joined(broker).cancelled();
  }

  /// @throws JobException if broker or worker have ended; the message names the log
  public void requireAlive() {
    joined(worker).requireAlive();
    if (!joined(broker).broker().isAlive()) {
      throw new JobException(
          FailureCode.BROKER_UNREACHABLE,
          "the local broker ended; its log is " + slot.folder().resolve("broker.log"));
    }
  }

  /// To be called when every job that was sent has ended: the next run finds nothing left.
  public void finished() {
    slot.end();
  }

  /// Ends the worker, then the broker. Safe to call twice.
  @Override
  public void close() {
    try {
      if (!worker.isCompletedExceptionally()) {
        worker.join().close();
      }
      if (!broker.isCompletedExceptionally()) {
        broker.join().broker().close();
      }
    } catch (CompletionException e) {
      // It failed while it was waited for here, and there is nothing to close.
      return;
    } finally {
      slot.close();
    }
  }

  private static LocalBroker.Options options(BrokerSlot slot, FleetSettings settings) {
    String servers = Objects.requireNonNull(settings.bootstrapServers());
    int port = Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
    return LocalBroker.Options.in(slot.folder()).onPort(port);
  }

  private static Started startBroker(BrokerSlot slot, FleetSettings settings, boolean interrupted) {
    LocalBroker broker = KeptBroker.started(options(slot, settings));
    try {
      KafkaSettings kafka = KafkaSettings.of(settings);
      KeptBroker.setUp(kafka);
      Leftovers leftovers = new Leftovers(new KafkaClients(kafka));
      return new Started(broker, interrupted ? leftovers.clear(Instant.now()) : 0);
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  private static WorkerProcess startWorker(
      BrokerSlot slot,
      WorkerProgram program,
      FleetSettings settings,
      String device,
      @Nullable Path cache) {
    WorkerArguments arguments =
        new WorkerArguments(
            settings,
            device,
            slot.folder().getFileName().toString(),
            cache,
            List.of("--with-parent", "--grace", GRACE_SECONDS));
    try {
      return WorkerProcess.start(program, arguments.list(), slot.folder().resolve("worker.log"));
    } catch (IOException e) {
      throw new UncheckedIOException("the worker cannot be started", e);
    }
  }

  private static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof JobException known ? known : e;
    }
  }

  private static void inThread(Runnable task) {
    Thread.ofPlatform().name("stemfleet-broker-start").daemon().start(task);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
