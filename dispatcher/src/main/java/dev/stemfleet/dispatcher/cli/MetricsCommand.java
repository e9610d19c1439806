package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.http.HttpServing;
import dev.stemfleet.common.http.ListenAddress;
import dev.stemfleet.common.http.Routes;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueLook;
import dev.stemfleet.common.metrics.HealthPage;
import dev.stemfleet.common.metrics.MetricsPage;
import dev.stemfleet.dispatcher.local.OnExit;
import dev.stemfleet.dispatcher.monitor.FleetMonitor;
import dev.stemfleet.dispatcher.monitor.FleetReadings;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet metrics`: the queue and the fleet for Prometheus, until interrupted.
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the meters of the queue and the fleet to Prometheus, until interrupted.",
      "One for the whole fleet; works while there are no workers."
    },
    footerHeading = "%nExample:%n",
    footer = "  stemfleet metrics --http 0.0.0.0:9463")
final class MetricsCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();

  @Option(
      names = "--http",
      paramLabel = ListenAddress.SYNTAX,
      defaultValue = "127.0.0.1:9463",
      description = "Where /metrics, /healthz and /readyz are shown. Default: 127.0.0.1:9463")
  private String http = "";

  @Option(names = "--once", description = "Print the meters as they are now and end.")
  private boolean once;

  MetricsCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ListenAddress address = ListenAddress.parse(http);
    try (Connection connection = Connection.open(fleet, here)) {
      return once ? print(connection.recorded()) : serve(address, connection);
    }
  }

  private int print(KafkaClients clients) {
    QueueLook queue = QueueLook.ask(clients);
    here.screen()
        .line(
            MetricsPage.text(FleetReadings.of(History.read(clients, here), queue)).stripTrailing());
    return ExitCode.DONE;
  }

  private int serve(ListenAddress address, Connection connection) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    try (FleetMonitor monitor = FleetMonitor.start(connection::recorded, here.clock());
        HttpServing serving = HttpServing.open(address, routes(monitor));
        OnExit _ = OnExit.close(serving, monitor, over::countDown)) {
      here.screen().line("http://" + serving.address() + MetricsPage.PATH);
      over.await();
    }
    return ExitCode.DONE;
  }

  private static Routes routes(FleetMonitor monitor) {
    return new Routes()
        .get(MetricsPage.PATH, new MetricsPage(monitor::readings))
        .get(HealthPage.ALIVE, new HealthPage(monitor::dead))
        .get(HealthPage.READY, new HealthPage(monitor::trouble));
  }
}
