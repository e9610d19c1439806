package dev.stemfleet.worker;

import dev.stemfleet.common.http.HttpServing;
import dev.stemfleet.common.http.ListenAddress;
import dev.stemfleet.common.http.Routes;
import dev.stemfleet.common.metrics.HealthPage;
import dev.stemfleet.common.metrics.MetricsPage;
import dev.stemfleet.worker.telemetry.Meters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a worker shows over HTTP: meters and health, from before its model is loaded. Nothing where
/// no address was given. The caller closes.
final class Pages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

  private final @Nullable HttpServing serving;

  private Pages(@Nullable HttpServing serving) {
    this.serving = serving;
  }

  /// @throws dev.stemfleet.common.config.ConfigException if the address cannot be had
  static Pages open(@Nullable ListenAddress address, Meters meters, Health health) {
    if (address == null) {
      return new Pages(null);
    }
    Routes routes =
        new Routes()
            .get(MetricsPage.PATH, new MetricsPage(meters::read))
            .get(HealthPage.ALIVE, new HealthPage(health::dead))
            .get(HealthPage.READY, new HealthPage(health::unready));
    HttpServing serving = HttpServing.open(address, routes);
    LOG.atInfo().addKeyValue("http", serving.address()).log("meters and health are shown");
    return new Pages(serving);
  }

  /// Where they lie, as others may reach them; null if nowhere.
  ///
  /// @param host name of this machine
  @Nullable String address(String host) {
    if (serving == null) {
      return null;
    }
    ListenAddress bound = serving.address();
    return bound.everywhere() ? new ListenAddress(host, bound.port()).toString() : bound.toString();
  }

  @Override
  public void close() {
    if (serving != null) {
      serving.close();
    }
  }
}
