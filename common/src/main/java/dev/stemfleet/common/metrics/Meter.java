package dev.stemfleet.common.metrics;

import static dev.stemfleet.common.metrics.Meter.Kind.COUNTER;
import static dev.stemfleet.common.metrics.Meter.Kind.GAUGE;
import static dev.stemfleet.common.metrics.Meter.Kind.HISTOGRAM;
import static dev.stemfleet.common.metrics.Meter.Kind.INFO;
import static dev.stemfleet.common.metrics.Meter.Source.FLEET;
import static dev.stemfleet.common.metrics.Meter.Source.WORKER;

import java.util.List;

/// Everything that is measured: its name, type, labels and meaning. The only place that names
/// meters; the page of meters is printed from it, and the dashboard and the rules are checked
/// against it. Units stand in the names.
public enum Meter {
  WORKER_INFO(
      WORKER,
      INFO,
      "stemfleet_worker_info",
      "The worker itself, always 1.",
      Label.WORKER,
      Label.DEVICE,
      Label.VERSION),
  WORKER_STATE(
      WORKER,
      GAUGE,
      "stemfleet_worker_state",
      "1 for the state that the worker is in (starting, idle, working, draining, unfit), else 0.",
      Label.STATE),
  WORKER_READY(
      WORKER,
      GAUGE,
      "stemfleet_worker_ready",
      "1 while a model is resident, the queue is joined and jobs are taken, else 0."),
  JOBS(
      WORKER,
      COUNTER,
      "stemfleet_jobs_total",
      "Jobs that this worker ended: succeeded, failed or cancelled, and why.",
      Label.STATE,
      Label.REASON),
  JOBS_RELEASED(
      WORKER,
      COUNTER,
      "stemfleet_jobs_released_total",
      "Jobs that were given back to the queue for other workers."),
  JOB_RETRIES(
      WORKER,
      COUNTER,
      "stemfleet_job_retries_total",
      "Tries that failed and are followed by another, and why.",
      Label.REASON),
  JOB_SECONDS(
      WORKER,
      HISTOGRAM,
      "stemfleet_job_seconds",
      "Wall-clock time of tries of jobs, from taking to the answer; waiting between tries is not"
          + " in it."),
  STAGE_SECONDS(
      WORKER,
      HISTOGRAM,
      "stemfleet_stage_seconds",
      "Wall-clock time of the stages of jobs.",
      Label.STAGE),
  JOB_RUNNING_SECONDS(
      WORKER,
      GAUGE,
      "stemfleet_job_running_seconds",
      "For how long the worker has had its present job; 0 while it has none."),
  LEASE_RENEWALS(
      WORKER,
      COUNTER,
      "stemfleet_lease_renewals_total",
      "Renewals of leases that the broker confirmed."),
  LEASES_LOST(
      WORKER,
      COUNTER,
      "stemfleet_leases_lost_total",
      "Jobs in hand whose lease was lost: others may have them by now."),
  CACHE_HITS(WORKER, COUNTER, "stemfleet_cache_hits_total", "What was there already.", Label.CACHE),
  CACHE_LOADS(
      WORKER,
      COUNTER,
      "stemfleet_cache_loads_total",
      "Misses: what was not there and was made or loaded.",
      Label.CACHE),
  CACHE_EVICTIONS(
      WORKER,
      COUNTER,
      "stemfleet_cache_evictions_total",
      "What had to go to make room.",
      Label.CACHE),
  CACHE_ENTRIES(
      WORKER, GAUGE, "stemfleet_cache_entries", "What is kept at the moment.", Label.CACHE),
  CACHE_BYTES(WORKER, GAUGE, "stemfleet_cache_bytes", "What that takes.", Label.CACHE),
  MODEL_RESIDENT_SECONDS(
      WORKER,
      GAUGE,
      "stemfleet_model_resident_seconds",
      "For how long a model has been resident; there is no series for one that is not.",
      Label.MODEL),
  MODEL_LOAD_SECONDS(
      WORKER,
      GAUGE,
      "stemfleet_model_load_seconds",
      "What loading and warming a resident model took.",
      Label.MODEL),
  DEVICE_MEMORY(
      WORKER,
      GAUGE,
      "stemfleet_device_memory_bytes",
      "Memory of the device that models run on; of `cpu`, the machine's or the container's.",
      Label.MEMORY),
  DISK_FREE(
      WORKER,
      GAUGE,
      "stemfleet_disk_free_bytes",
      "Room on the disk that a folder of the worker lies on.",
      Label.FOLDER),

  QUEUE_UP(
      FLEET, GAUGE, "stemfleet_queue_up", "1 if the brokers answered the last question, else 0."),
  QUEUE_JOBS(
      FLEET,
      GAUGE,
      "stemfleet_queue_jobs",
      "Jobs in the queue that have not ended: those that wait and those that run."),
  QUEUE_OLDEST(
      FLEET,
      GAUGE,
      "stemfleet_queue_oldest_waiting_seconds",
      "Age of the oldest job that waits for a worker; 0 if none waits."),
  QUEUE_WINDOW_USED(
      FLEET,
      GAUGE,
      "stemfleet_queue_window_used_ratio",
      "Part of the queue's lock window that is taken, 0 to 1; at 1 workers stall behind one job."),
  DEAD_JOBS(
      FLEET,
      COUNTER,
      "stemfleet_dead_jobs_total",
      "Jobs that were given up and written to the dead topic, ever."),
  FLEET_JOBS(
      FLEET,
      GAUGE,
      "stemfleet_fleet_jobs",
      "Jobs by where their latest run stands: queued, running, retrying, done, failed, cancelled.",
      Label.STATE),
  FLEET_WORKERS(
      FLEET,
      GAUGE,
      "stemfleet_fleet_workers",
      "Workers by what their heartbeat says: starting, idle, working, draining, unfit, or lost:"
          + " silent for a minute.",
      Label.STATE),
  LONGEST_JOB(
      FLEET,
      GAUGE,
      "stemfleet_fleet_longest_job_seconds",
      "For how long the job has run that has run longest; 0 if none runs.");

  private static final List<Double> SECONDS =
      List.of(
          0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0,
          3600.0);

  /// Who has it.
  public enum Source {
    /// Each worker, on its own page.
    WORKER,
    /// One program for the whole fleet.
    FLEET
  }

  /// How its values are to be read.
  public enum Kind {
    /// Only grows, until its program starts anew.
    COUNTER,
    /// The value at the moment.
    GAUGE,
    /// Counts in buckets with fixed bounds, which can be summed over workers.
    HISTOGRAM,
    /// Always 1; its labels are what it tells.
    INFO
  }

  private final Source source;
  private final Kind kind;
  private final String key;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // a list of `List.of`
  private final List<Label> labels;

  Meter(Source source, Kind kind, String key, String meaning, Label... labels) {
    this.source = source;
    this.kind = kind;
    this.key = key;
    this.meaning = meaning;
    this.labels = List.of(labels);
  }

  public Source source() {
    return source;
  }

  public Kind kind() {
    return kind;
  }

  /// Its name in queries.
  public String key() {
    return key;
  }

  public String meaning() {
    return meaning;
  }

  /// In the order in which their values are given.
  public List<Label> labels() {
    return labels;
  }

  /// Upper bounds of its buckets but the last, which has none. Of histograms only.
  public List<Double> bounds() {
    return SECONDS;
  }
}
