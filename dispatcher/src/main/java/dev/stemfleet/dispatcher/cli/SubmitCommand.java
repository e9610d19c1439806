package dev.stemfleet.dispatcher.cli;

import com.fasterxml.uuid.Generators;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.dispatcher.submit.FleetSink;
import dev.stemfleet.dispatcher.submit.InputReader;
import dev.stemfleet.dispatcher.submit.Inputs;
import dev.stemfleet.dispatcher.submit.JobSink;
import dev.stemfleet.dispatcher.submit.Submission;
import dev.stemfleet.dispatcher.submit.SubmitReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `stemfleet submit`: tracks × channels become jobs on the queue.
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = "Sends tracks to the workers: one job per track and channel.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  stemfleet submit music/*.mp3 --channels main,drums --job friday-drop",
      "  stemfleet submit set.m3u --channels all --publish-start 2026-05-01T18:00 --publish-every 1d",
      "  stemfleet submit friday.yaml --dry-run --format json"
    })
final class SubmitCommand implements Callable<Integer> {
  private final Surroundings here;
  private final JobSinks sinks;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private JobOptions job = new JobOptions();
  @Mixin private TrackOptions track = new TrackOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACK",
      description =
          "Sound files, folders, 'patterns', playlists (.m3u), job files (.yaml), JSON lines"
              + " (.jsonl, or - for standard input), http(s) addresses.")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--dry-run", description = "Show the jobs and send nothing. Needs no Kafka.")
  private boolean dryRun;

  /// Where jobs go, by what the settings say.
  @FunctionalInterface
  interface JobSinks {
    JobSink open(FleetSettings settings);
  }

  SubmitCommand(Surroundings here) {
    this(here, settings -> fleetSink(settings, here));
  }

  SubmitCommand(Surroundings here, JobSinks sinks) {
    this.here = here;
    this.sinks = sinks;
  }

  @Override
  public Integer call() {
    FleetSettings settings = fleet.settings(here);
    InputReader reader = new InputReader(here.folder(), settings.roots(), here.in());
    Inputs asked = track.over(reader.read(inputs), here);
    JobSink.Opener opener =
        dryRun ? () -> new DryRun(here.screen(), format.json()) : () -> sinks.open(settings);
    Submission submission =
        new Submission(
            settings,
            here.clock(),
            () -> Generators.timeBasedEpochGenerator().generate().toString(),
            opener);
    SubmitReport report;
    try {
      report = submission.submit(asked, job.fields(), new SubmitLine(here.screen()));
    } finally {
      here.screen().endProgress();
    }
    return new SubmitSummary(here.screen(), report).print(dryRun, format.json());
  }

  private static JobSink fleetSink(FleetSettings settings, Surroundings here) {
    KafkaClients clients = new KafkaClients(KafkaSettings.of(settings));
    FleetSink sink = FleetSink.open(clients, settings.out(), here.screen()::warn);
    FleetSink.warnOfBlindWorkers(
        clients, settings.roots().keySet(), here.clock().instant(), here.screen()::warn);
    return sink;
  }
}
