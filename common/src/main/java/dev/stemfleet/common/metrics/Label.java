package dev.stemfleet.common.metrics;

import java.util.Locale;

/// What tells the series of one meter apart. Each has few values: never the name of a job, a track
/// or a batch.
public enum Label {
  WORKER("the worker's id, as `workers` shows it; only where the value is always 1"),
  DEVICE("`cpu`, `cuda:0`, …"),
  VERSION("of the program, with its revision"),
  STATE("the word for where a job or a worker stands"),
  REASON("a [failure code](failures.md) in small letters, or `none`"),
  STAGE("a [stage](../concepts/how-a-job-flows.md) of a job"),
  CACHE("a [cache](../concepts/caches.md) by its name"),
  MODEL("id of a model in the catalogue"),
  MEMORY("`total` or `free`"),
  FOLDER("`out` or `cache`");

  private final String meaning;

  Label(String meaning) {
    this.meaning = meaning;
  }

  /// As it stands in queries.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What its values are, for the page of meters.
  public String meaning() {
    return meaning;
  }
}
