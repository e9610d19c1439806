package dev.stemfleet.common.message;

import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.FileNames;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Track;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One message of the jobs topic: one track for one channel, with all that a worker needs to know.
///
/// @param schema version of this record, see [Schema]
/// @param jobId the same for the same batch, track and channel
/// @param batch name of what was submitted together
/// @param run a UUIDv7, one per submit or redrive: later runs have greater texts
/// @param channel a copy of the channel as it was when the job was planned
/// @param model that separates the track, or speaks it
/// @param products kinds of files to make
/// @param publishAt when the videos are to appear, or null
/// @param directory where the outputs go, relative to the output root, `/` between folders
/// @param warnings that arose when the job was planned; they are repeated in its result
/// @param rerender whether the outputs are made anew though they are there; null for no
public record Job(
    String schema,
    String jobId,
    String batch,
    String run,
    Instant submittedAt,
    Track track,
    Channel channel,
    ModelRef model,
    List<Product> products,
    @Nullable OffsetDateTime publishAt,
    String directory,
    List<String> warnings,
    @Nullable Boolean rerender) {
  /// A longer message is no job: its result and its entry on the dead topic would not fit.
  public static final int MOST_BYTES = 512 << 10;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

  public Job {
    if (!ID.matcher(jobId).matches()) {
      throw new IllegalArgumentException("jobId: must be 16 lower-case hex digits");
    }
    requireShort("run", run, 100);
    requireShort("batch", batch, FileNames.MAX_BYTES);
    requireBelowRoot(directory);
    if (products.isEmpty()) {
      throw new IllegalArgumentException("products: must name at least one");
    }
    products = List.copyOf(products);
    warnings = List.copyOf(warnings);
  }

  /// What is there already is not made again.
  public Job(
      String schema,
      String jobId,
      String batch,
      String run,
      Instant submittedAt,
      Track track,
      Channel channel,
      ModelRef model,
      List<Product> products,
      @Nullable OffsetDateTime publishAt,
      String directory,
      List<String> warnings) {
    this(
        schema,
        jobId,
        batch,
        run,
        submittedAt,
        track,
        channel,
        model,
        products,
        publishAt,
        directory,
        warnings,
        null);
  }

  /// No folder of it begins with a dot: neither `..` nor what the fleet hides in the output root.
  private static void requireBelowRoot(String directory) {
    for (String folder : directory.split("/", -1)) {
      if (folder.isBlank()
          || folder.startsWith(".")
          || folder.contains("\\")
          || FileNames.isUnusable(folder)
          || FileNames.bytes(folder) > FileNames.MAX_BYTES) {
        throw new IllegalArgumentException(
            "directory: '" + directory + "' is no place below the output root");
      }
    }
  }

  private static void requireShort(String field, String text, int most) {
    if (text.length() > most) {
      throw new IllegalArgumentException(field + ": must have at most " + most + " characters");
    }
  }

  /// Whether its outputs are wanted anew though they are there.
  public boolean wantedAnew() {
    return rerender != null && rerender;
  }

  /// This job as another run, to which what is there already will do.
  public Job inRun(String newRun, Instant at) {
    return inRun(newRun, at, false);
  }

  /// This job as another run.
  ///
  /// @param anew whether what is there already is made again
  public Job inRun(String newRun, Instant at, boolean anew) {
    return new Job(
        schema,
        jobId,
        batch,
        newRun,
        at,
        track,
        channel,
        model,
        products,
        publishAt,
        directory,
        warnings,
        anew ? Boolean.TRUE : null);
  }
}
