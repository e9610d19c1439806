package dev.stemfleet.dispatcher.cli;

import com.fasterxml.uuid.Generators;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.s3.StoreSources;
import dev.stemfleet.dispatcher.plan.BatchName;
import dev.stemfleet.dispatcher.plan.ModeChoice;
import dev.stemfleet.dispatcher.plan.NamePattern;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.submit.FleetSink;
import dev.stemfleet.dispatcher.submit.InputReader;
import dev.stemfleet.dispatcher.submit.Inputs;
import dev.stemfleet.dispatcher.submit.JobSink;
import dev.stemfleet.dispatcher.submit.NamedInputs;
import dev.stemfleet.dispatcher.submit.PictureStore;
import dev.stemfleet.dispatcher.submit.Submission;
import dev.stemfleet.dispatcher.submit.SubmitReport;
import dev.stemfleet.dispatcher.watch.SubmittedJobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `stemfleet submit`: tracks × channels become jobs on the queue.
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = {
      "Sends tracks and scripts to the workers: one job per track and channel.",
      "Without any, sends again what was submitted before: --job and --mode."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stemfleet submit music/*.mp3 --channels main,drums --job friday-drop",
      "  stemfleet submit set.m3u --channels all --publish-start 2026-05-01T18:00 --publish-every 1d",
      "  stemfleet submit tale.txt --channels main --voice narrator.wav",
      "  stemfleet submit friday.yaml monday.yaml --dry-run --format json",
      "  stemfleet submit --watch inbox --channels main,drums",
      "  stemfleet submit --job 'friday*' --mode failed"
    })
final class SubmitCommand implements Callable<Integer> {
  private final Surroundings here;
  private final JobSinks sinks;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private JobOptions job = new JobOptions();
  @Mixin private TrackOptions track = new TrackOptions();
  @Mixin private SpeechOptions speech = new SpeechOptions();
  @Mixin private AgainOptions again = new AgainOptions();
  @Mixin private WatchOptions watch = new WatchOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "TRACK",
      description =
          "Sound files, scripts (.txt, .md), folders, 'patterns', playlists (.m3u), job files"
              + " (.yaml), JSON lines"
              + " (.jsonl, or - for standard input), http(s) and s3 addresses.")
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
  public Integer call() throws IOException, InterruptedException {
    if (watch.given()) {
      return watch(fleet.settings(here));
    }
    ModeChoice modes = again.modes();
    FleetSettings settings = fleet.settings(here);
    JobSink.Opener opener =
        dryRun ? () -> new DryRun(here.screen(), format.json()) : () -> sinks.open(settings);
    List<Named> fresh = new ArrayList<>();
    Map<String, Named> former = new LinkedHashMap<>();
    for (Named one : named(inputs, settings)) {
      switch (mode(one, modes)) {
        case NEW -> fresh.add(one);
        case FAILED, LATEST, ALL -> former.put(BatchName.given(one.called()), one);
        case null -> here.screen().note("no mode is for " + one.called() + ": left alone");
      }
    }
    if (inputs.isEmpty() || !former.isEmpty()) {
      fresh.addAll(sendAgain(former, modes, settings, opener));
    }
    int exitCode = ExitCode.DONE;
    for (Named one : fresh) {
      exitCode = Math.max(exitCode, submit(one, settings, opener));
    }
    return exitCode;
  }

  /// Inputs of one batch.
  ///
  /// @param name null for one that nobody named
  private record Named(Inputs inputs, @Nullable String name) {
    String called() {
      return name == null ? "what has no name" : name;
    }
  }

  private List<Named> named(List<String> inputs, FleetSettings settings) {
    if (inputs.isEmpty()) {
      if (job.name() == null && !again.hasLabel()) {
        throw new RequestException(
            "TRACK: name tracks or job files, or what was submitted before: --job and --mode");
      }
      if (!again.given()) {
        throw new RequestException(
            "--mode: say what is done with what was submitted before: "
                + String.join(", ", ModeChoice.names()));
      }
      return List.of();
    }
    InputReader reader =
        new InputReader(
            here.folder(), settings.roots(), new StoreSources(settings.s3()), here.in());
    String asked = job.name();
    List<Inputs> read = reader.read(inputs);
    boolean isName = asked != null && NamedInputs.isName(read, asked);
    List<Named> all = new ArrayList<>();
    for (Inputs one : NamedInputs.chosen(read, asked)) {
      Inputs whole = speech.over(track.over(one, here), here);
      all.add(new Named(whole, again.labelled(isName ? asked : one.fields().batch())));
    }
    return all;
  }

  private ModeChoice.@Nullable Mode mode(Named one, ModeChoice modes) {
    if (one.name() == null) {
      if (again.given()) {
        throw new RequestException("--mode: is for jobs with a name; give one with --job");
      }
      return ModeChoice.Mode.NEW;
    }
    return modes.of(BatchName.given(one.name())).map(ModeChoice.Entry::mode).orElse(null);
  }

  /// @param former that files name; empty where a pattern alone does
  /// @return what was never submitted and is now
  private List<Named> sendAgain(
      Map<String, Named> former, ModeChoice modes, FleetSettings settings, JobSink.Opener opener) {
    NamePattern pattern = again.pattern(job.name());
    KafkaClients clients = new KafkaClients(KafkaSettings.of(settings));
    Resubmission resubmission = new Resubmission(here, clients, opener, format.json());
    SubmittedJobs found =
        resubmission.find(name -> inputs.isEmpty() ? pattern.test(name) : former.containsKey(name));
    List<Named> fresh = new ArrayList<>();
    former.forEach(
        (name, one) -> {
          boolean latest = mode(one, modes) == ModeChoice.Mode.LATEST;
          if (latest && found.jobs().stream().noneMatch(job -> job.batch().equals(name))) {
            fresh.add(one);
          }
        });
    if (fresh.isEmpty() || fresh.size() < former.size()) {
      String asked = inputs.isEmpty() ? "'" + pattern + "'" : String.join(", ", former.keySet());
      resubmission.send(found, asked, modes, again.rerender());
    }
    return fresh;
  }

  private int watch(FleetSettings settings) throws IOException, InterruptedException {
    if (!inputs.isEmpty() || again.given() || again.hasLabel() || dryRun || job.publishes()) {
      throw new RequestException(
          "--watch: goes with neither tracks nor --mode, --run-label, --dry-run, publish times");
    }
    track.requireForAll();
    JobSink.Opener opener = () -> sinks.open(settings);
    submission(settings, opener).check(job.fields());
    watch.run(here, settings.roots(), job.name(), files -> submit(files, settings, opener));
    return ExitCode.DONE;
  }

  /// What has no name is of the day.
  private void submit(List<Path> files, FleetSettings settings, JobSink.Opener opener) {
    String day = watch.folder(here).getFileName() + "-" + LocalDate.now(here.clock());
    for (Named one : named(files.stream().map(Path::toString).toList(), settings)) {
      submit(one.name() == null ? new Named(one.inputs(), day) : one, settings, opener);
    }
  }

  private int submit(Named one, FleetSettings settings, JobSink.Opener opener) {
    SubmitReport report;
    try {
      report =
          submission(settings, opener)
              .submit(one.inputs(), job.named(one.name()), new SubmitLine(here.screen(), dryRun));
    } finally {
      here.screen().endProgress();
    }
    return new SubmitSummary(here.screen(), report).print(dryRun, format.json());
  }

  private Submission submission(FleetSettings settings, JobSink.Opener opener) {
    return new Submission(
        settings,
        here.clock(),
        () -> Generators.timeBasedEpochGenerator().generate().toString(),
        again.rerender() ? () -> new AnewSink(opener.open()) : opener);
  }

  private static JobSink fleetSink(FleetSettings settings, Surroundings here) {
    KafkaClients clients = new KafkaClients(KafkaSettings.of(settings));
    FleetSink sink = FleetSink.open(clients, PictureStore.of(settings), here.screen()::warn);
    FleetSink.warnOfBlindWorkers(
        clients, settings.roots().keySet(), here.clock().instant(), here.screen()::warn);
    return sink;
  }
}
