package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.ProductVersion;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The program `stemfleet`: the one front door for people.
@Command(
    name = "stemfleet",
    mixinStandardHelpOptions = true,
    versionProvider = Stemfleet.Version.class,
    description = "Turns tracks into stem videos for many channels, on a fleet of workers.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet demo --out ./out")
public final class Stemfleet implements Runnable {
  private static final int HELP_COLUMNS = 100;

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where an error happened.")
  private boolean debug;

  private Stemfleet() {
    spec = CommandSpec.create(); // picocli puts the real one here
  }

  /// Runs the command that `args` name and ends the process with its exit code.
  public static void main(String[] args) {
    System.exit(commandLine(Surroundings.ofProcess()).execute(args));
  }

  /// All commands, ready to execute.
  public static CommandLine commandLine(Surroundings here) {
    return commandLine(here, new SubmitCommand(here));
  }

  /// All commands, with a `submit` that sends elsewhere: for tests.
  static CommandLine commandLine(Surroundings here, SubmitCommand submit) {
    Failures failures = new Failures(here.screen());
    CommandLine stemfleet = new CommandLine(new Stemfleet());
    stemfleet
        .addSubcommand(new DemoCommand(here))
        .addSubcommand(new LocalCommand(here))
        .addSubcommand(submit)
        .addSubcommand(
            new CommandLine(new ChannelsCommand())
                .addSubcommand(new ChannelsListCommand(here))
                .addSubcommand(new ChannelsCheckCommand(here))
                .addSubcommand(new ChannelsPreviewCommand(here)))
        .addSubcommand(
            new CommandLine(new ModelsCommand())
                .addSubcommand(new ModelsListCommand(here))
                .addSubcommand(new ModelsVerifyCommand(here))
                .addSubcommand(new ModelsEvaluateCommand(here))
                .addSubcommand(new ModelsAddCommand(here))
                .addSubcommand(new ModelsFetchCommand(here)))
        .addSubcommand(new TailCommand(here))
        .addSubcommand(new StatusCommand(here))
        .addSubcommand(new RetryCommand(here))
        .addSubcommand(new CancelCommand(here))
        .addSubcommand(new WorkersCommand(here))
        .addSubcommand(new CacheCommand(here))
        .addSubcommand(new ConsoleCommand(here))
        .addSubcommand(
            new CommandLine(new QueueCommand(here)).addSubcommand(new QueueMigrateCommand(here)))
        .addSubcommand(new WorkerCommand(here))
        .addSubcommand(new FleetCommand(here))
        .addSubcommand(new BrokerCommand(here))
        .addSubcommand(new MetricsCommand(here))
        .addSubcommand(new DoctorCommand(here))
        .addSubcommand(benches(here));
    explainAlike(stemfleet);
    return stemfleet
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(writer(here.screen().out()))
        .setErr(writer(here.screen().err()))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setExitCodeExceptionMapper(failures);
  }

  private static CommandLine benches(Surroundings here) {
    CommandLine benches =
        new CommandLine(new BenchCommand())
            .addSubcommand(new DispatchBenchCommand(here))
            .addSubcommand(new QueueBenchCommand(here))
            .addSubcommand(new StatusBenchCommand(here))
            .addSubcommand(new StartBenchCommand(here))
            .addSubcommand(new WholeBenchCommand(here))
            .addSubcommand(new MemoryBenchCommand(here))
            .addSubcommand(new BenchAllCommand(here));
    return withThoseOfTheWorker(benches, here);
  }

  private static CommandLine withThoseOfTheWorker(CommandLine benches, Surroundings here) {
    return benches
        .addSubcommand(
            WorkerBenchCommand.of(
                here, "still-video", "A 240 s still video, against ffmpeg -loop 1."))
        .addSubcommand(
            WorkerBenchCommand.of(
                here, "animated", "A 240 s video over a 5 s loop, against ffmpeg -stream_loop."))
        .addSubcommand(
            WorkerBenchCommand.of(
                here, "channels", "30 videos of one track, against five audio encodes."))
        .addSubcommand(
            WorkerBenchCommand.of(
                here, "extra-channel", "One more channel, against five still videos."))
        .addSubcommand(
            WorkerBenchCommand.of(here, "separate", "Separation, against its inference alone."))
        .addSubcommand(
            WorkerBenchCommand.of(
                here, "first-video", "How soon after the last inference videos are complete."))
        .addSubcommand(
            WorkerBenchCommand.of(here, "coder", "AAC coder settings: cost and audible noise."))
        .addSubcommand(
            WorkerBenchCommand.of(here, "speech", "Speaking, against its networks' runs alone."));
  }

  /// All commands know the version, and say how they are used in few lines.
  private static void explainAlike(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version()).usageMessage().abbreviateSynopsis(true);
    command.setUsageHelpWidth(HELP_COLUMNS);
    command.getSubcommands().values().forEach(Stemfleet::explainAlike);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  boolean debug() {
    return debug;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /// `stemfleet 0.1.0 (1e7d820)`.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"stemfleet " + ProductVersion.of(Stemfleet.class)};
    }
  }
}
