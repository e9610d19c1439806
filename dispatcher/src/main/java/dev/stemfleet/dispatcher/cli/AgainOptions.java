package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.plan.BatchName;
import dev.stemfleet.dispatcher.plan.ModeChoice;
import dev.stemfleet.dispatcher.plan.NamePattern;
import dev.stemfleet.dispatcher.plan.RequestException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `submit` that select among what was submitted before; a mixin.
final class AgainOptions {
  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "What is done with jobs that --job or the job files name: new, failed, latest or all of"
              + " what was submitted before; per job as friday:latest,monday*:all. Default: new")
  private @Nullable String mode;

  @Option(
      names = "--run-label",
      paramLabel = "LABEL",
      description = "Only jobs with this run label; a new job gets it.")
  private @Nullable String runLabel;

  @Option(names = "--rerender", description = "Make outputs anew though they are there.")
  private boolean rerender;

  boolean rerender() {
    return rerender;
  }

  /// Whether modes were named; else everything is new.
  boolean given() {
    return mode != null;
  }

  /// @throws RequestException naming the modes that are known
  ModeChoice modes() {
    return ModeChoice.parse(mode == null ? "new" : mode);
  }

  /// The pattern of batches that are meant.
  ///
  /// @param jobs pattern of `--job`; null for all
  NamePattern pattern(@Nullable String jobs) {
    String all = jobs == null ? "*" : jobs;
    return new NamePattern(runLabel == null ? all : BatchName.labelled(all, runLabel));
  }

  /// A batch's name with the label.
  @Nullable String labelled(@Nullable String name) {
    return runLabel == null
        ? name
        : BatchName.labelled(name == null ? BatchName.USUAL : name, runLabel);
  }

  /// Whether there is a label to be matched.
  boolean hasLabel() {
    return runLabel != null;
  }
}
