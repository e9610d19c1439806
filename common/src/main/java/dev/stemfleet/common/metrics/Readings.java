package dev.stemfleet.common.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The meters of a program at one moment, as far as they were read. For one thread.
public final class Readings {
  private final Map<Meter, List<Series<Double>>> values = new EnumMap<>(Meter.class);
  private final Map<Meter, List<Series<Distribution>>> distributions = new EnumMap<>(Meter.class);

  private record Series<T>(Labels labels, T value) {}

  /// @param labels the values of the meter's labels, in their order
  /// @throws IllegalArgumentException if there are too many or too few
  public Readings add(Meter meter, double value, String... labels) {
    return add(meter, value, List.of(labels));
  }

  /// A whole number; exact up to 2⁵³.
  ///
  /// @param labels as above
  public Readings add(Meter meter, long value, String... labels) {
    return add(meter, (double) value, List.of(labels));
  }

  /// The same.
  public Readings add(Meter meter, double value, List<String> labels) {
    values.computeIfAbsent(meter, _ -> new ArrayList<>()).add(series(meter, value, labels));
    return this;
  }

  /// What a histogram holds.
  public Readings add(Meter meter, Distribution value, List<String> labels) {
    distributions.computeIfAbsent(meter, _ -> new ArrayList<>()).add(series(meter, value, labels));
    return this;
  }

  private static <T> Series<T> series(Meter meter, T value, List<String> labels) {
    if (labels.size() != meter.labels().size()) {
      throw new IllegalArgumentException(meter + " has the labels " + meter.labels());
    }
    List<String> names = meter.labels().stream().map(Label::key).toList();
    return new Series<>(Labels.of(names, labels), value);
  }

  /// As Prometheus' libraries take them.
  Stream<MetricSnapshot> snapshots() {
    return Stream.concat(
        values.entrySet().stream().map(one -> snapshot(one.getKey(), one.getValue())),
        distributions.entrySet().stream().map(one -> histogram(one.getKey(), one.getValue())));
  }

  private static MetricSnapshot snapshot(Meter meter, List<Series<Double>> all) {
    return switch (meter.kind()) {
      case COUNTER -> counter(meter, all);
      case GAUGE -> gauge(meter, all);
      case INFO -> info(meter, all);
      case HISTOGRAM -> throw new IllegalStateException(meter + " has buckets");
    };
  }

  private static MetricSnapshot counter(Meter meter, List<Series<Double>> all) {
    CounterSnapshot.Builder builder =
        CounterSnapshot.builder().name(without(meter, "_total")).help(meter.meaning());
    all.forEach(
        one ->
            builder.dataPoint(
                CounterSnapshot.CounterDataPointSnapshot.builder()
                    .labels(one.labels())
                    .value(one.value())
                    .build()));
    return builder.build();
  }

  private static MetricSnapshot gauge(Meter meter, List<Series<Double>> all) {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(meter.key()).help(meter.meaning());
    all.forEach(
        one ->
            builder.dataPoint(
                GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .labels(one.labels())
                    .value(one.value())
                    .build()));
    return builder.build();
  }

  private static MetricSnapshot info(Meter meter, List<Series<Double>> all) {
    InfoSnapshot.Builder builder =
        InfoSnapshot.builder().name(without(meter, "_info")).help(meter.meaning());
    all.forEach(
        one ->
            builder.dataPoint(
                InfoSnapshot.InfoDataPointSnapshot.builder().labels(one.labels()).build()));
    return builder.build();
  }

  private static MetricSnapshot histogram(Meter meter, List<Series<Distribution>> all) {
    HistogramSnapshot.Builder builder =
        HistogramSnapshot.builder().name(meter.key()).help(meter.meaning());
    List<Double> bounds = new ArrayList<>(meter.bounds());
    bounds.add(Double.POSITIVE_INFINITY);
    all.forEach(
        one ->
            builder.dataPoint(
                HistogramSnapshot.HistogramDataPointSnapshot.builder()
                    .labels(one.labels())
                    .classicHistogramBuckets(
                        ClassicHistogramBuckets.of(
                            bounds, List.<Number>copyOf(one.value().counts())))
                    .sum(one.value().sum())
                    .build()));
    return builder.build();
  }

  /// The libraries put these endings there themselves.
  private static String without(Meter meter, String ending) {
    if (!meter.key().endsWith(ending)) {
      throw new IllegalStateException(meter.key() + " must end in " + ending);
    }
    return meter.key().substring(0, meter.key().length() - ending.length());
  }
}
