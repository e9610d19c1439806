package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.QueueMembers;
import dev.stemfleet.common.kafka.QueueOffsets;
import dev.stemfleet.common.kafka.RecordedQueue;
import dev.stemfleet.common.message.QueueRecord;
import dev.stemfleet.dispatcher.show.Plural;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `stemfleet queue`: how the fleet's queue works, as is recorded in Kafka, whatever the settings
/// of the asker say.
@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    description = "Shows how the fleet's queue works, what waits in it and who takes from it.",
    footerHeading = "%nExamples:%n",
    footer = {"  stemfleet queue", "  stemfleet queue migrate --to group"})
final class QueueCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private FormatOption format = new FormatOption();

  /// What is known, for programs.
  ///
  /// @param mode as recorded, else that of the settings
  /// @param movingTo the mode that it is being moved to
  /// @param since absent when nothing is recorded yet, as `by` is
  /// @param waiting jobs that are not finished
  /// @param leftBehind the same in the queue of the other mode
  record Line(
      QueueMode mode,
      @Nullable QueueMode movingTo,
      @Nullable Instant since,
      @Nullable String by,
      long waiting,
      long leftBehind,
      List<QueueMembers.Member> members) {}

  QueueCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    try (Connection connection = Connection.open(fleet, here)) {
      Line line = look(connection.clients());
      if (format.json()) {
        here.screen().line(JsonLine.of(line));
      } else {
        lines(line).forEach(here.screen()::line);
      }
    }
    return ExitCode.DONE;
  }

  private Line look(KafkaClients clients) {
    QueueRecord found = new RecordedQueue(clients, here.clock()).read().orElse(null);
    KafkaSettings settings = clients.settings();
    KafkaSettings own = found == null ? settings : settings.withQueue(found.mode());
    try (Admin admin = clients.admin()) {
      return new Line(
          own.queue(),
          found == null ? null : found.movingTo(),
          found == null ? null : found.since(),
          found == null ? null : found.by(),
          QueueOffsets.ask(admin, own).waiting(),
          QueueOffsets.ask(admin, own.withQueue(own.queue().other())).waiting(),
          QueueMembers.ask(admin, own).members());
    }
  }

  private static List<String> lines(Line line) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "mode     "
            + line.mode()
            + (line.since() == null
                ? ", as the settings say; nothing is recorded yet"
                : ", since " + line.since() + ", recorded by " + line.by()));
    lines.add("jobs     " + Plural.of(line.waiting(), "job") + " not finished");
    QueueMembers members = new QueueMembers(line.members());
    lines.add(
        "workers  "
            + (members.isEmpty() ? "none" : members.members().size() + " on " + members.hosts()));
    QueueMode target = line.movingTo();
    if (target != null) {
      lines.add("It is being moved to mode " + target + "; go on with: " + migrate(target));
    } else if (line.leftBehind() > 0) {
      lines.add(
          "%s in the queue of mode %s, where nobody takes them; fetch them with: %s"
              .formatted(
                  Plural.of(line.leftBehind(), "job"), line.mode().other(), migrate(line.mode())));
    }
    return lines;
  }

  private static String migrate(QueueMode to) {
    return "stemfleet queue migrate --to " + to;
  }
}
