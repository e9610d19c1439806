package dev.stemfleet.worker;

import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.message.TraceContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What this worker does at the moment: written by the job loop, read by the heartbeat and the
/// meters. Thread-safe.
final class WorkerStatus {
  private final AtomicReference<Now> now =
      new AtomicReference<>(new Now(WorkerState.STARTING, null, null));
  private final AtomicReference<@Nullable TraceContext> trace = new AtomicReference<>();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong turnedNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong takenNanos = new AtomicLong();

  /// One moment.
  record Now(WorkerState state, @Nullable String jobId, @Nullable String stage) {}

  Now now() {
    return now.get();
  }

  void is(WorkerState state) {
    now.set(new Now(state, null, null));
  }

  /// The job that it worked on has ended.
  void idles() {
    now.updateAndGet(
        before ->
            before.state() == WorkerState.DRAINING
                ? new Now(WorkerState.DRAINING, null, null)
                : new Now(WorkerState.IDLE, null, null));
  }

  void works(String jobId, String stage) {
    if (!jobId.equals(now().jobId())) {
      takenNanos.set(System.nanoTime());
    }
    now.updateAndGet(
        before ->
            before.state() == WorkerState.DRAINING
                ? new Now(WorkerState.DRAINING, jobId, stage)
                : new Now(WorkerState.WORKING, jobId, stage));
  }

  void drains() {
    now.updateAndGet(before -> new Now(WorkerState.DRAINING, before.jobId(), before.stage()));
  }

  /// Its device failed too often; it stays and does nothing, unless it leaves.
  void isUnfit() {
    now.updateAndGet(
        before ->
            before.state() == WorkerState.DRAINING
                ? before
                : new Now(WorkerState.UNFIT, null, null));
  }

  void ended(boolean succeeded) {
    (succeeded ? done : failed).incrementAndGet();
  }

  /// The trace of what is said and answered from now on; null for none.
  void traces(@Nullable TraceContext context) {
    trace.set(context);
  }

  /// Headers for a message about what it does at the moment.
  Map<String, String> headers() {
    TraceContext now = trace.get();
    return now == null ? Map.of() : now.headers();
  }

  /// The job loop comes round.
  void turns() {
    turnedNanos.set(System.nanoTime());
  }

  /// For how long the job loop has not come round.
  Duration still() {
    return Duration.ofNanos(System.nanoTime() - turnedNanos.get());
  }

  /// For how long it has had its present job; zero while it has none.
  Duration runs() {
    return now().jobId() == null
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - takenNanos.get());
  }

  long done() {
    return done.get();
  }

  long failed() {
    return failed.get();
  }
}
