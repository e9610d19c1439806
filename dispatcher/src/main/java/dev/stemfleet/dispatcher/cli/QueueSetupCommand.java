package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.kafka.Finding;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueSetup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `stemfleet queue setup`: what the first submitter or worker would do, for fleets in which
/// neither has the rights to.
@Command(
    name = "setup",
    mixinStandardHelpOptions = true,
    description = {
      "Creates the topics and the group that are missing, and records how the queue works.",
      "What is there stays as it is. Needs the rights of the role setup."
    },
    footerHeading = "%nExample:%n",
    footer = "  stemfleet queue setup --kafka-config setup.properties")
final class QueueSetupCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private FormatOption format = new FormatOption();

  /// What was found, for programs.
  ///
  /// @param warnings what works but is not as it should be
  record Line(List<Finding> warnings) {}

  QueueSetupCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    try (Connection connection = Connection.open(fleet, here)) {
      KafkaClients clients = connection.clients();
      List<Finding> warnings = QueueSetup.apply(clients, PATIENCE);
      if (format.json()) {
        here.screen().line(JsonLine.of(new Line(warnings)));
      } else {
        warnings.forEach(warning -> here.screen().note(warning.line()));
        here.screen().line("the queue '%s' is set up".formatted(clients.settings().jobsTopic()));
      }
    }
    return ExitCode.DONE;
  }
}
