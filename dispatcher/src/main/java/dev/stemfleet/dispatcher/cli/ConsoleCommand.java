package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.config.OutPlace;
import dev.stemfleet.common.http.ListenAddress;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.dispatcher.console.Console;
import dev.stemfleet.dispatcher.console.ConsoleSettings;
import dev.stemfleet.dispatcher.console.Gate;
import dev.stemfleet.dispatcher.console.Token;
import dev.stemfleet.dispatcher.local.OnExit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet console`: the fleet in a browser, until interrupted.
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    description = {
      "Serves a page that shows the fleet live, until interrupted.",
      "The link that is printed carries the token that retry and cancel need."
    },
    footerHeading = "%nExample:%n",
    footer = "  stemfleet console --bootstrap-servers kafka:9092 --out /mnt/nas/out")
final class ConsoleCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--listen",
      paramLabel = ListenAddress.SYNTAX,
      defaultValue = "127.0.0.1:8600",
      description =
          "Where browsers ask; any other address than this machine's own demands the"
              + " token of everybody. Default: 127.0.0.1:8600")
  private String listen = "127.0.0.1:8600";

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A further name under which browsers may ask, of a proxy for example; may be given"
              + " several times.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the token. Default: a new one at every start.")
  private @Nullable Path tokenFile;

  /// What is printed for programs.
  record Line(String address, String link) {}

  ConsoleCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    try (Connection connection = Connection.open(fleet, here);
        Console console =
            Console.open(settings(connection.fleet()), gate(connection), here.clock());
        OnExit exit = OnExit.close(console, told::countDown)) {
      here.screen()
          .line(
              format.json()
                  ? JsonLine.of(new Line("http://" + console.address() + "/", console.link()))
                  : console.link());
      if (!console.address().loopback()) {
        here.screen().warn("others can listen in: put a proxy with TLS before it, or use a tunnel");
      }
      here.screen().note("Ctrl-C stops it");
      while (!exit.begun()) {
        told.await();
      }
      return ExitCode.DONE;
    }
  }

  private ConsoleSettings settings(FleetSettings fleetSettings) {
    return new ConsoleSettings(
        ListenAddress.parse(listen),
        tokenFile == null ? Token.random() : Token.inFile(here.absolute(tokenFile)),
        hosts,
        fleetSettings.outPlace() instanceof OutPlace.Folder(Path folder) ? folder : null,
        fleetSettings.assets(),
        here.home(),
        Map.of());
  }

  private static Gate gate(Connection connection) {
    return new Gate() {
      @Override
      public KafkaClients clients() {
        return connection.clients();
      }

      @Override
      public KafkaClients recorded() {
        return connection.recorded();
      }

      @Override
      public KafkaClients joined() {
        return connection.joined();
      }
    };
  }
}
