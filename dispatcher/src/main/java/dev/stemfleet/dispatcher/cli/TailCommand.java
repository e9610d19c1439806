package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.message.Result;
import dev.stemfleet.dispatcher.plan.NamePattern;
import dev.stemfleet.dispatcher.show.ResultText;
import dev.stemfleet.dispatcher.watch.ResultTail;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `stemfleet tail`: results as they come, one line each, until interrupted.
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = "Prints results as they come, until interrupted or counted.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet tail --job 'friday*' --from-beginning")
final class TailCommand implements Callable<Integer> {
  private static final Duration WAIT = Duration.ofMillis(250);

  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Option(
      names = "--job",
      paramLabel = "PATTERN",
      description = "Only batches, or job ids, that match; * and ? stand for other letters.")
  private @Nullable String job;

  @Option(names = "--from-beginning", description = "Begin with the oldest result that is kept.")
  private boolean fromBeginning;

  @Option(names = "--count", paramLabel = "N", description = "End after so many results.")
  private long count = Long.MAX_VALUE;

  TailCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--count: must be 1 or more, not " + count);
    }
    try (Connection connection = Connection.open(fleet, here);
        ResultTail tail =
            ResultTail.open(
                connection.clients(), fromBeginning || connection.alone(), wanted(job))) {
      if (connection.alone()) {
        here.screen().note("nobody works now: these are the results that were kept");
      }
      long left = count;
      while (left > 0 && !(connection.alone() && tail.caughtUp())) {
        left -= print(tail, left);
      }
      if (tail.unreadable() > 0) {
        here.screen().warn(tail.unreadable() + " results cannot be read by this version");
      }
    }
    return ExitCode.DONE;
  }

  private long print(ResultTail tail, long most) {
    List<Result> results = tail.poll(WAIT).stream().limit(most).toList();
    for (Result result : results) {
      here.screen().line(format.json() ? JsonLine.of(result) : ResultText.line(result));
    }
    return results.size();
  }

  private static Predicate<Result> wanted(@Nullable String pattern) {
    if (pattern == null) {
      return result -> true;
    }
    NamePattern name = new NamePattern(pattern);
    return result -> name.test(result.batch()) || name.test(result.jobId());
  }
}
