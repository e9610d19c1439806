package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.submit.JobFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what is made of all tracks; a mixin of `submit` and `local`. They override
/// what job files say.
public final class JobOptions {
  @Option(
      names = {"--job", "--batch"},
      paramLabel = "NAME",
      description = "Name of the batch, and of its folder. Default: date and 4 digits.")
  private @Nullable String batch;

  @Option(
      names = {"--channels", "--channel"},
      split = ",",
      paramLabel = "NAME",
      description = "Channels by key or alias, with commas between them, or all.")
  private List<String> channels = new ArrayList<>();

  @Option(
      names = "--stems",
      split = ",",
      paramLabel = "STEM",
      description = "Only these of the channels' stems.")
  private List<String> stems = new ArrayList<>();

  @Option(
      names = "--products",
      split = ",",
      paramLabel = "KIND",
      description = "What is made beside the videos: mp3 (or audio), flac, wav.")
  private List<String> products = new ArrayList<>();

  @Option(
      names = "--publish-start",
      paramLabel = "TIME",
      description = "When the first track appears, such as 2026-05-01T18:00.")
  private @Nullable String publishStart;

  @Option(
      names = "--publish-every",
      paramLabel = "STEP",
      description =
          "From one track to the next on the wall clock: 1d, 12h, 90m. Default: all at once.")
  private @Nullable String publishEvery;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Time zone of --publish-start, such as Europe/Berlin. Default: this machine's.")
  private @Nullable String zone;

  /// The name of the batch, or a pattern for names; null if there is none.
  @Nullable String name() {
    return batch;
  }

  /// Whether they say when videos are to appear.
  boolean publishes() {
    return publishStart != null || publishEvery != null;
  }

  /// What they say when the batch is called so; null to leave that to the files.
  JobFields named(@Nullable String name) {
    return new JobFields(name, channels, stems, products, null, publishStart, publishEvery, zone);
  }

  public JobFields fields() {
    return new JobFields(batch, channels, stems, products, null, publishStart, publishEvery, zone);
  }
}
