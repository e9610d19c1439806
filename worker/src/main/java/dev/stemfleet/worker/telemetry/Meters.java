package dev.stemfleet.worker.telemetry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.stemfleet.common.metrics.Meter;
import dev.stemfleet.common.metrics.Readings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// The worker's meters: what is counted here, and what is asked of others when somebody looks.
/// Thread-safe.
public final class Meters {
  private final MetricRegistry registry = new MetricRegistry();
  private final Map<String, Series> series = new ConcurrentHashMap<>();
  private final Map<Series, FixedBuckets> buckets = new ConcurrentHashMap<>();
  private final List<Consumer<Readings>> lists = new CopyOnWriteArrayList<>();

  /// @param values of the meter's labels
  public void count(Meter meter, String... values) {
    registry.counter(named(meter, values)).inc();
  }

  /// Makes a series of a counter known before anything is counted: what appears at 1 does not look
  /// like a rise.
  public void expect(Meter meter, String... values) {
    registry.counter(named(meter, values)).inc(0);
  }

  /// A value of a histogram.
  public void took(Meter meter, double seconds, String... values) {
    String name = named(meter, values);
    Timer timer = registry.timer(name, () -> timer(name));
    timer.update(Duration.ofNanos((long) (seconds * 1e9)));
  }

  /// A value that somebody else knows.
  ///
  /// @param value asked by any thread, whenever somebody looks; quick
  public void ask(Meter meter, DoubleSupplier value, String... values) {
    Gauge<Double> gauge = value::getAsDouble;
    registry.register(named(meter, values), gauge);
  }

  /// Series that come and go; JMX does not show them.
  ///
  /// @param list as for [#ask]
  public void list(Consumer<Readings> list) {
    lists.add(list);
  }

  /// Everything as it stands.
  public Readings read() {
    Readings readings = new Readings();
    registry.getCounters().forEach((name, counter) -> add(readings, of(name), counter));
    registry.getGauges().forEach((name, gauge) -> add(readings, of(name), gauge));
    buckets.forEach((one, seen) -> readings.add(one.meter(), seen.distribution(), one.values()));
    lists.forEach(list -> list.accept(readings));
    return readings;
  }

  MetricRegistry registry() {
    return registry;
  }

  /// The series of a name in the registry.
  Series of(String name) {
    Series known = series.get(name);
    if (known == null) {
      throw new IllegalArgumentException("no meter is called " + name);
    }
    return known;
  }

  private static void add(Readings readings, Series one, Counter counter) {
    readings.add(one.meter(), (double) counter.getCount(), one.values());
  }

  private static void add(Readings readings, Series one, Gauge<?> gauge) {
    if (gauge.getValue() instanceof Double value) {
      readings.add(one.meter(), value, one.values());
    }
  }

  private Timer timer(String name) {
    Series one = of(name);
    return new Timer(buckets.computeIfAbsent(one, _ -> new FixedBuckets(one.meter().bounds())));
  }

  private String named(Meter meter, String... values) {
    Series one = new Series(meter, List.of(values));
    String name = one.toString();
    series.putIfAbsent(name, one);
    return name;
  }
}
