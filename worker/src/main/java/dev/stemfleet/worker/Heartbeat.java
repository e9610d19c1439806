package dev.stemfleet.worker;

import dev.stemfleet.common.config.ProductVersion;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.Topics;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.worker.place.Outlet;
import dev.stemfleet.worker.queue.Outbox;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says every few seconds that this worker lives and what it does, and keeps its work folder's
/// lease. Owns a thread; the caller closes.
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final long EVERY_SECONDS = 5;

  private final WorkerSettings settings;
  private final Outbox outbox;
  private final Topics topics;
  private final WorkerStatus status;
  private final Caches caches;
  private final Pages pages;
  private final Outlet outlet;
  private final Clock clock;
  private final Instant startedAt;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("stemfleet-heartbeat").daemon().factory());

  Heartbeat(
      WorkerSettings settings,
      Queueing kafka,
      WorkerStatus status,
      Caches caches,
      Pages pages,
      Outlet outlet,
      Clock clock) {
    this.settings = settings;
    this.outbox = kafka.outbox();
    this.topics = kafka.topics();
    this.status = status;
    this.caches = caches;
    this.pages = pages;
    this.outlet = outlet;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  void start() {
    var _ = timer.scheduleAtFixedRate(this::beat, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /// Says it once, now.
  void beat() {
    try {
      outlet.touch();
      outbox.tell(topics.events(), settings.workerId(), Wire.write(event()));
    } catch (JobException e) {
      LOG.atWarn().log("the work folder's lease cannot be kept: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("heartbeat failed");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    status.is(Event.WorkerState.STOPPED);
    outbox.tell(topics.events(), settings.workerId(), Wire.write(event()));
  }

  private Event.Heartbeat event() {
    WorkerStatus.Now now = status.now();
    List<ModelFacts> resident = caches.residents();
    return new Event.Heartbeat(
        Schema.VERSION,
        settings.workerId(),
        clock.instant(),
        now.state(),
        startedAt,
        ProductVersion.of(Worker.class),
        host(),
        ProcessHandle.current().pid(),
        settings.device().key(),
        resident.isEmpty() ? null : resident.getFirst(),
        resident,
        settings.fleet().roots().keySet().stream().sorted().toList(),
        now.jobId(),
        now.stage(),
        status.done(),
        status.failed(),
        caches.states(),
        pages.address(host()));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
