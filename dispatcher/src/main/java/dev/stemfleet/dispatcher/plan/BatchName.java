package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.FileNames;
import java.time.LocalDate;

/// The names of batches: they are folders, so they are made safe for every file system.
public final class BatchName {
  private static final int MAX_BYTES = 120;
  private static final int RANDOM_DIGITS = 4;

  private BatchName() {}

  /// A name that people gave, made safe.
  ///
  /// @throws RequestException if there is nothing in it
  public static String given(String name) {
    if (name.isBlank()) {
      throw new RequestException("job: the batch's name must not be empty");
    }
    return FileNames.cut(FileNames.safe(name), MAX_BYTES);
  }

  /// `<date>-<4 hex>`, for a batch that nobody named.
  ///
  /// @param run a UUID, whose last digits are random
  public static String unnamed(LocalDate date, String run) {
    return date + "-" + run.substring(run.length() - RANDOM_DIGITS);
  }
}
