package dev.stemfleet.worker.telemetry;

/// Everything that is measured: its name, unit and meaning. The only place that names meters.
public enum Meter {
  JOBS_SUCCEEDED("jobs.succeeded", "jobs", "Jobs whose outputs are in place."),
  JOBS_FAILED("jobs.failed", "jobs", "Jobs that ended with a failed result."),
  JOBS_CANCELLED("jobs.cancelled", "jobs", "Jobs whose end somebody asked for."),
  JOBS_RELEASED("jobs.released", "jobs", "Jobs that were given back to the queue."),
  JOB_RETRIES("jobs.retries", "tries", "Tries after a failure that may pass."),
  STAGE("stage", "seconds", "Wall-clock time of a stage, by its name.");

  private final String key;
  private final String unit;
  private final String meaning;

  Meter(String key, String unit, String meaning) {
    this.key = key;
    this.unit = unit;
    this.meaning = meaning;
  }

  public String key() {
    return key;
  }

  public String unit() {
    return unit;
  }

  public String meaning() {
    return meaning;
  }
}
