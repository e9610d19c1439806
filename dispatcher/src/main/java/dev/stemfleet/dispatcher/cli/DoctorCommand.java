package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.config.OutPlace;
import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.kafka.ClusterCheck;
import dev.stemfleet.common.kafka.Finding;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueUse;
import dev.stemfleet.common.kafka.Role;
import dev.stemfleet.common.s3.ObjectStore;
import dev.stemfleet.common.s3.StoreFailure;
import dev.stemfleet.common.s3.StoreProbe;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import dev.stemfleet.dispatcher.show.Plural;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet doctor`: whether everything that the fleet needs is as it should be.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Checks Kafka, topics, rights, channels and this installation.",
      "One line for each thing, with the command that mends it. Exit code 1 if something is wrong."
    },
    footerHeading = "%nExample:%n",
    footer = "  stemfleet doctor --bootstrap-servers kafka:9092")
final class DoctorCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "SUBMITTER",
      description = "Whose rights this user should have: setup, submitter, worker, watcher.")
  private Role role = Role.SUBMITTER;

  DoctorCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    List<Finding> findings = new ArrayList<>(installation(fleet.settings(here)));
    try (Connection connection = Connection.open(fleet, here)) {
      KafkaClients clients = connection.clients();
      List<Finding> cluster =
          new ClusterCheck(clients).run(PATIENCE, clients.settings().lock(), role);
      findings.addAll(cluster);
      if (!Finding.anyFault(cluster)) {
        QueueUse.ask(clients).map(QueueUse::finding).ifPresent(findings::add);
      }
    }
    for (Finding finding : findings) {
      here.screen().line(format.json() ? JsonLine.of(finding) : line(finding));
    }
    return findings.stream().allMatch(one -> one.grade() == Finding.Grade.OK)
        ? ExitCode.DONE
        : ExitCode.FAILED;
  }

  private static String line(Finding finding) {
    String grade =
        switch (finding.grade()) {
          case OK -> "ok       ";
          case WARNING -> "warning  ";
          case FAULT -> "FAULT    ";
        };
    return grade + finding.line();
  }

  private List<Finding> installation(FleetSettings settings) {
    List<Finding> findings = new ArrayList<>();
    try {
      int channels = ChannelCatalog.load(new AssetFolder(settings.assets())).channels().size();
      findings.add(Finding.ok(Plural.of(channels, "channel") + " in " + settings.assets() + "."));
    } catch (ConfigException e) {
      findings.add(Finding.fault(e.getMessage() + ".", "stemfleet channels check"));
    }
    try {
      WorkerProgram.find(here.home());
      findings.add(Finding.ok("The worker program is built."));
    } catch (ConfigException e) {
      findings.add(Finding.fault(e.getMessage() + ".", "./mvnw -Dquick package"));
    }
    findings.add(writable(settings));
    for (Map.Entry<String, Path> root : settings.roots().entrySet()) {
      if (!Files.isDirectory(root.getValue())) {
        findings.add(
            Finding.fault(
                "The root " + root.getKey() + " is no folder: " + root.getValue() + ".",
                "--root " + root.getKey() + "=FOLDER"));
      }
    }
    return findings;
  }

  private static Finding writable(FleetSettings settings) {
    return switch (settings.outPlace()) {
      case OutPlace.Folder(Path path) -> writable(path);
      case OutPlace.Bucket(BucketPlace place) -> writable(settings, place);
    };
  }

  private static Finding writable(FleetSettings settings, BucketPlace place) {
    try (ObjectStore store = ObjectStore.open(settings.s3())) {
      StoreProbe.requireUsable(store.at(place));
      return Finding.ok("The object store takes outputs: " + place + ".");
    } catch (StoreFailure e) {
      return Finding.fault(
          "The object store takes no outputs: " + e.getMessage() + ".",
          "see docs/how-to/use-an-object-store.md");
    }
  }

  private static Finding writable(Path out) {
    Path there = out;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return Files.isDirectory(there) && Files.isWritable(there)
        ? Finding.ok("The output folder can be written: " + out + ".")
        : Finding.fault("The output folder cannot be written: " + out + ".", "--out FOLDER");
  }
}
