package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.show.WorkersReport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `stemfleet workers`: who works, on what, with which model.
@Command(
    name = "workers",
    mixinStandardHelpOptions = true,
    description = "Shows the workers that were heard of lately and what is wrong with them.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet workers --bootstrap-servers kafka:9092")
final class WorkersCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private FormatOption format = new FormatOption();

  WorkersCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    try (Connection connection = Connection.open(fleet, here)) {
      WorkersReport report = new WorkersReport(History.read(connection.clients(), here));
      List<String> lines =
          format.json() ? report.json().stream().map(JsonLine::of).toList() : report.lines();
      lines.forEach(here.screen()::line);
    }
    return ExitCode.DONE;
  }
}
