package dev.stemfleet.worker;

import dev.stemfleet.common.config.ProductVersion;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.Event.CacheState;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.common.metrics.Meter;
import dev.stemfleet.common.metrics.Readings;
import dev.stemfleet.worker.model.DeviceMemory;
import dev.stemfleet.worker.queue.JobQueue;
import dev.stemfleet.worker.telemetry.Meters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Lets the meters ask the parts of a worker for what these know anyway. Nothing is counted here.
final class WorkerMeters {
  private static final String NO_REASON = "none";

  private WorkerMeters() {}

  /// What can be told from the first moment on.
  static void begin(Meters meters, WorkerSettings settings, WorkerStatus status, Health health) {
    meters.ask(
        Meter.WORKER_INFO,
        () -> 1,
        settings.workerId(),
        settings.device().key(),
        ProductVersion.of(Worker.class));
    for (WorkerState state : WorkerState.values()) {
      if (state != WorkerState.STOPPED) {
        meters.ask(Meter.WORKER_STATE, () -> status.now().state() == state ? 1 : 0, small(state));
      }
    }
    meters.ask(Meter.WORKER_READY, () -> health.unready().isEmpty() ? 1 : 0);
    meters.ask(Meter.JOB_RUNNING_SECONDS, () -> status.runs().toMillis() / 1000.0);
    meters.expect(Meter.JOBS, "succeeded", NO_REASON);
    meters.expect(Meter.JOBS, "cancelled", NO_REASON);
    meters.expect(Meter.JOBS_RELEASED);
    for (FailureCode code : FailureCode.values()) {
      if (code != FailureCode.CANCELLED) {
        meters.expect(Meter.JOBS, "failed", small(code));
      }
    }
    DeviceMemory memory = DeviceMemory.of(settings.device());
    meters.list(readings -> memory.read().ifPresent(seen -> add(readings, seen)));
    folder(meters, "out", settings.fleet().out());
    folder(meters, "cache", settings.cacheFolder());
  }

  /// What can be told once everything is open.
  static void add(Meters meters, Caches caches, JobQueue queue, Clock clock) {
    meters.ask(Meter.LEASE_RENEWALS, () -> (double) queue.leases().renewals());
    meters.ask(Meter.LEASES_LOST, () -> (double) queue.leases().lost());
    Lately<List<CacheState>> states = new Lately<>(caches::states);
    for (CacheState cache : states.get()) {
      String name = cache.name();
      ask(meters, Meter.CACHE_HITS, states, name, CacheState::hits);
      ask(meters, Meter.CACHE_LOADS, states, name, CacheState::loads);
      ask(meters, Meter.CACHE_EVICTIONS, states, name, CacheState::evictions);
      ask(meters, Meter.CACHE_ENTRIES, states, name, CacheState::entries);
      ask(meters, Meter.CACHE_BYTES, states, name, CacheState::bytes);
    }
    meters.list(readings -> caches.residents().forEach(model -> add(readings, model, clock)));
  }

  private static void ask(
      Meters meters,
      Meter meter,
      Lately<List<CacheState>> states,
      String name,
      ToDoubleFunction<CacheState> figure) {
    meters.ask(
        meter,
        () ->
            states.get().stream()
                .filter(cache -> cache.name().equals(name))
                .mapToDouble(figure)
                .sum(),
        name);
  }

  private static void add(Readings readings, ModelFacts model, Clock clock) {
    Duration resident = Duration.between(model.residentSince(), clock.instant());
    readings.add(Meter.MODEL_RESIDENT_SECONDS, resident.toMillis() / 1000.0, model.id());
    readings.add(Meter.MODEL_LOAD_SECONDS, model.loadSeconds(), model.id());
  }

  private static void add(Readings readings, DeviceMemory.Seen seen) {
    readings.add(Meter.DEVICE_MEMORY, seen.totalBytes(), "total");
    readings.add(Meter.DEVICE_MEMORY, seen.freeBytes(), "free");
  }

  /// A folder that cannot be looked at has no series.
  private static void folder(Meters meters, String name, Path folder) {
    meters.list(
        readings -> {
          try {
            readings.add(Meter.DISK_FREE, Files.getFileStore(folder).getUsableSpace(), name);
          } catch (IOException _) {
            // Said by the job that needs it.
          }
        });
  }

  static String small(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
