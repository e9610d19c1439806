package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.dispatcher.local.BrokerSlot;
import dev.stemfleet.dispatcher.local.KeptBroker;
import dev.stemfleet.dispatcher.local.LocalBroker;
import dev.stemfleet.dispatcher.local.OnExit;
import dev.stemfleet.dispatcher.local.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet broker`: a Kafka on this machine until interrupted, for trying things out.
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description = "Runs a Kafka broker for this machine only, until interrupted.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet broker --port 9092")
final class BrokerCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Where clients connect. Default: a free one.")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the data is kept. Default: with the local fleet's, in the state folder.")
  private @Nullable Path data;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = KafkaSettings.STOCK_PREFIX,
      description = "What the topics begin with that are set up. Default: stemfleet.")
  private String prefix = KafkaSettings.STOCK_PREFIX;

  /// What is printed for programs.
  record Address(String bootstrapServers, String folder, long pid) {}

  BrokerCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new ConfigException("--port", "must be 0 to 65535, not " + port);
    }
    if (data != null) {
      return run(here.folder().resolve(data));
    }
    try (BrokerSlot slot = BrokerSlot.take(StateFolder.of(here.environment()))) {
      return run(slot.folder());
    }
  }

  private int run(Path folder) throws IOException, InterruptedException {
    LocalBroker.Options options = LocalBroker.Options.in(folder).onPort(port);
    try (LocalBroker broker = KeptBroker.started(options);
        OnExit exit = OnExit.close(broker)) {
      KeptBroker.setUp(broker.settings().withPrefix(prefix));
      Address address =
          new Address(broker.bootstrapServers(), broker.folder().toString(), broker.pid());
      here.screen().line(format.json() ? JsonLine.of(address) : address.bootstrapServers());
      here.screen().note("data in " + address.folder() + "; Ctrl-C stops it");
      broker.awaitExit();
      if (exit.begun()) {
        return ExitCode.DONE;
      }
      here.screen().error("the broker ended; its log is " + folder.resolve("broker.log"));
      return ExitCode.FAILED;
    }
  }
}
