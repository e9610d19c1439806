package dev.stemfleet.dispatcher.cli;

import com.fasterxml.uuid.Generators;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.dispatcher.local.LocalFleet;
import dev.stemfleet.dispatcher.local.LocalRun;
import dev.stemfleet.dispatcher.local.OnExit;
import dev.stemfleet.dispatcher.local.StateFolder;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import dev.stemfleet.dispatcher.show.Ink;
import dev.stemfleet.dispatcher.show.PlainProgress;
import dev.stemfleet.dispatcher.show.ProgressView;
import dev.stemfleet.dispatcher.show.RunReport;
import dev.stemfleet.dispatcher.show.TerminalProgress;
import dev.stemfleet.dispatcher.show.TerminalSize;
import dev.stemfleet.dispatcher.submit.Inputs;
import dev.stemfleet.dispatcher.submit.JobFields;
import dev.stemfleet.dispatcher.submit.Roots;
import dev.stemfleet.dispatcher.submit.TrackEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/// A local run as people see it: progress on standard error, what came of it on standard output.
final class LocalFollow {
  private final Surroundings here;
  private final boolean json;

  LocalFollow(Surroundings here, boolean json) {
    this.here = here;
    this.json = json;
  }

  /// @param inputs one per batch
  /// @return the exit code
  int run(FleetSettings settings, List<Inputs> inputs, JobFields fields, String device)
      throws IOException {
    WorkerProgram program = WorkerProgram.find(here.home());
    FleetSettings local = settings.withRoots(roots(settings, inputs));
    StateFolder state = StateFolder.of(here.environment());
    try (LocalFleet fleet = LocalFleet.start(local, program, device, state);
        OnExit exit = OnExit.close(fleet)) {
      try {
        LocalRun.Outcome outcome = follow(fleet, inputs, fields);
        print(outcome, settings.outPlace().toString());
        return outcome.allWell() ? ExitCode.DONE : ExitCode.FAILED;
      } catch (JobException | KafkaException e) {
        if (exit.begun()) {
          return ExitCode.FAILED;
        }
        throw e;
      }
    }
  }

  private LocalRun.Outcome follow(LocalFleet fleet, List<Inputs> inputs, JobFields fields) {
    try (ProgressView view = view();
        var _ = OnExit.close(view);
        LocalRun run = new LocalRun(fleet, view, here.clock())) {
      view.note("starting a broker and a worker; its log: " + fleet.workerLog());
      return run.run(
          inputs, fields, () -> Generators.timeBasedEpochGenerator().generate().toString());
    }
  }

  private void print(LocalRun.Outcome outcome, String out) {
    if (json) {
      outcome.results().forEach(result -> here.screen().line(JsonLine.of(result)));
    } else if (!outcome.results().isEmpty()) {
      RunReport report = new RunReport(outcome.results(), out, outcome.wall());
      report.lines().forEach(here.screen()::line);
    }
    int ended = outcome.jobs() - outcome.results().size();
    if (ended > 0) {
      here.screen().error(ended + " jobs were cancelled");
    }
  }

  private ProgressView view() {
    Screen screen = here.screen();
    boolean dumb = "dumb".equals(here.environment().get("TERM"));
    return screen.errIsTerminal() && !dumb
        ? new TerminalProgress(screen.err(), Ink.of(here.environment()), TerminalSize.ofProcess())
        : new PlainProgress(screen.err());
  }

  /// The settings' own roots, and the folders of files that lie below none of them.
  private static Map<String, Path> roots(FleetSettings settings, List<Inputs> inputs) {
    List<Path> files =
        inputs.stream()
            .flatMap(one -> one.tracks().stream())
            .map(TrackEntry::place)
            .filter(TrackEntry.LocalFile.class::isInstance)
            .map(place -> ((TrackEntry.LocalFile) place).path())
            .filter(file -> settings.roots().values().stream().noneMatch(file::startsWith))
            .toList();
    Map<String, Path> roots = new LinkedHashMap<>(Roots.covering(files));
    roots.putAll(settings.roots());
    return roots;
  }
}
