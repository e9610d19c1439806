package dev.stemfleet.worker.telemetry;

import com.codahale.metrics.jmx.JmxReporter;
import dev.stemfleet.common.metrics.Label;
import java.util.Hashtable;
import java.util.List;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/// Shows the meters by JMX, as `dev.stemfleet:worker=ID,name=METER,LABEL=VALUE`, from [#start]
/// until it is closed by its owner. Thread-safe.
public final class JmxMeters implements AutoCloseable {
  private static final String DOMAIN = "dev.stemfleet";

  private final Meters meters;
  private final String worker;
  private @Nullable JmxReporter reporter;
  private boolean closed;

  /// @param worker its id
  public JmxMeters(Meters meters, String worker) {
    this.meters = meters;
    this.worker = worker;
  }

  /// Takes a while where nothing else of the process has used JMX.
  public synchronized void start() {
    if (closed || reporter != null) {
      return;
    }
    reporter =
        JmxReporter.forRegistry(meters.registry())
            .inDomain(DOMAIN)
            .createsObjectNamesWith((_, domain, name) -> named(domain, worker, meters.of(name)))
            .build();
    reporter.start();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (reporter != null) {
      reporter.close();
    }
  }

  @SuppressWarnings("JdkObsolete") // what an ObjectName is made from
  private static ObjectName named(String domain, String worker, Series one) {
    Hashtable<String, String> keys = new Hashtable<>();
    keys.put("worker", value(worker));
    keys.put("name", one.meter().key());
    List<Label> labels = one.meter().labels();
    for (int i = 0; i < labels.size(); i++) {
      keys.putIfAbsent(labels.get(i).key(), value(one.values().get(i)));
    }
    try {
      return new ObjectName(domain, keys);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String value(String text) {
    return text.matches("[A-Za-z0-9._-]+") ? text : ObjectName.quote(text);
  }
}
