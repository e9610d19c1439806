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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A whole fleet on this machine: one broker with kept data and one worker, child processes both.
/// Caller closes; what a killed process leaves running ends by itself.
///
/// Both start at once: the worker loads its model while the broker comes up.
public final class LocalFleet implements AutoCloseable {
  /// Somebody who interrupts does not want to wait for a long job.
  private static final String GRACE_SECONDS = "3";

  private final BrokerSlot slot;
  private final FleetSettings settings;
  private final CompletableFuture<LocalBroker> broker;
  private final WorkerProcess worker;

  private LocalFleet(
      BrokerSlot slot,
      FleetSettings settings,
      CompletableFuture<LocalBroker> broker,
      WorkerProcess worker) {
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
      int port = freePort();
      FleetSettings here = settings.onlyBootstrapServers("localhost:" + port);
      WorkerArguments arguments =
          new WorkerArguments(
              here,
              device,
              slot.folder().getFileName().toString(),
              null,
              List.of("--with-parent", "--grace", GRACE_SECONDS));
      WorkerProcess worker =
          WorkerProcess.start(program, arguments.list(), slot.folder().resolve("worker.log"));
      LocalBroker.Options options = LocalBroker.Options.in(slot.folder()).onPort(port);
      CompletableFuture<LocalBroker> broker =
          CompletableFuture.supplyAsync(() -> setUp(options, here), LocalFleet::inThread);
      return new LocalFleet(slot, here, broker, worker);
    } catch (IOException e) {
      slot.close();
      throw e;
    }
  }

  /// The settings of this fleet's clients.
  public FleetSettings settings() {
    return settings;
  }

  /// The worker's log.
  public Path workerLog() {
    return worker.log();
  }

  /// Waits for the broker, which has its topics then.
  ///
  /// @throws JobException if it does not start; the message names its log
  public KafkaClients awaitBroker() {
    try {
      broker.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof JobException known ? known : e;
    }
    return new KafkaClients(KafkaSettings.of(settings));
  }

  /// @throws JobException if broker or worker have ended; the message names the log
  public void requireAlive() {
    worker.requireAlive();
    if (!broker.join().isAlive()) {
      throw new JobException(
          FailureCode.BROKER_UNREACHABLE,
          "the local broker ended; its log is " + slot.folder().resolve("broker.log"));
    }
  }

  /// Ends the worker, then the broker. Safe to call twice.
  @Override
  public void close() {
    worker.close();
    try {
      broker.join().close();
    } catch (CompletionException e) {
      // It never started, which was told to whoever waited for it.
      return;
    } finally {
      release();
    }
  }

  private static LocalBroker setUp(LocalBroker.Options options, FleetSettings settings) {
    LocalBroker broker = KeptBroker.started(options);
    try {
      KeptBroker.setUp(KafkaSettings.of(settings));
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  private void release() {
    try {
      slot.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock of " + slot.folder(), e);
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
