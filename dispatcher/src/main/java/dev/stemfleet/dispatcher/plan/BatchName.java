package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.FileNames;
import java.time.LocalDate;

/// The names of batches: they are folders, so they are made safe for every file system.
public final class BatchName {
  private static final int MAX_BYTES = 120;
  private static final int RANDOM_DIGITS = 4;

  /// Of a job that has a label and no name.
  public static final String USUAL = "default";

  private BatchName() {}

  /// A name that people gave, made safe.
  ///
  /// @throws RequestException if there is nothing in it
  public static String given(String name) {
    if (name.isBlank()) {
      throw new RequestException("job: the batch's name must not be empty");
    }
    return FileNames.cut(FileNames.safe(canonical(name)), MAX_BYTES);
  }

  /// A job's name and the label of one of its runs.
  public static String labelled(String name, String label) {
    return name + "-" + label;
  }

  /// The same name in the one spelling that folders and patterns have: `_` and `-` are alike.
  public static String canonical(String name) {
    return name.replace('_', '-');
  }

  /// `<date>-<4 hex>`, for a batch that nobody named.
  ///
  /// @param run a UUID, whose last digits are random
  public static String unnamed(LocalDate date, String run) {
    return date + "-" + run.substring(run.length() - RANDOM_DIGITS);
  }
}
