package dev.stemfleet.common.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message of the events topic: what happens meanwhile. Nobody's work depends on it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Started.class, name = "started"),
  @JsonSubTypes.Type(value = Event.Progressed.class, name = "progress"),
  @JsonSubTypes.Type(value = Event.Retrying.class, name = "retrying"),
  @JsonSubTypes.Type(value = Event.Cancelled.class, name = "cancelled"),
  @JsonSubTypes.Type(value = Event.Heartbeat.class, name = "heartbeat")
})
public sealed interface Event {
  /// A worker began a job.
  record Started(
      String schema,
      String jobId,
      String run,
      String batch,
      String worker,
      Instant at,
      String channel,
      String artist,
      String title,
      int attempt)
      implements Event {}

  /// A job's stage came further.
  ///
  /// @param fraction 0…1 of this stage
  /// @param overall 0…1 of the whole job, as far as the worker can tell
  /// @param unitsDone of a stage that is made of units: of the speaking, takes of chunks
  /// @param unitsWanted how many there are, those of second thoughts not counted; null where there
  ///   are none
  record Progressed(
      String schema,
      String jobId,
      String run,
      String batch,
      String worker,
      Instant at,
      String stage,
      double fraction,
      double overall,
      @Nullable Integer unitsDone,
      @Nullable Integer unitsWanted)
      implements Event {
    /// Of a stage without units.
    public Progressed(
        String schema,
        String jobId,
        String run,
        String batch,
        String worker,
        Instant at,
        String stage,
        double fraction,
        double overall) {
      this(schema, jobId, run, batch, worker, at, stage, fraction, overall, null, null);
    }
  }

  /// A try failed and another follows.
  record Retrying(
      String schema,
      String jobId,
      String run,
      String batch,
      String worker,
      Instant at,
      Failure failure,
      int attempt,
      double waitSeconds)
      implements Event {}

  /// A job was ended because somebody asked for it.
  record Cancelled(String schema, String jobId, String run, String batch, String worker, Instant at)
      implements Event {}

  /// A worker lives. Sent every few seconds, and once more when it leaves.
  ///
  /// @param state what the worker does
  /// @param startedAt when its process started
  /// @param version of the program with its revision
  /// @param model that it used last, null when none is resident
  /// @param models all that are resident, the last used first; null from older workers
  /// @param roots names of the source roots that it maps
  /// @param jobId that it works on, null when idle
  /// @param jobsDone since it started
  /// @param caches by name
  /// @param http `host:port` of its pages of meters and health; null where it shows none
  record Heartbeat(
      String schema,
      String worker,
      Instant at,
      WorkerState state,
      Instant startedAt,
      String version,
      String host,
      long pid,
      String device,
      @Nullable ModelFacts model,
      @Nullable List<ModelFacts> models,
      List<String> roots,
      @Nullable String jobId,
      @Nullable String stage,
      long jobsDone,
      long jobsFailed,
      List<CacheState> caches,
      @Nullable String http)
      implements Event {}

  /// What a worker does.
  enum WorkerState {
    STARTING,
    IDLE,
    WORKING,
    DRAINING,
    /// Its device failed different jobs in a row: it takes no more.
    UNFIT,
    STOPPED
  }

  /// One cache of a worker, in figures since the worker's start.
  ///
  /// @param loads misses: things made anew
  /// @param bytes held now
  record CacheState(String name, long hits, long loads, long evictions, long entries, long bytes) {}

  String worker();

  Instant at();
}
