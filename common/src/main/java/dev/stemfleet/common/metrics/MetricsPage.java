package dev.stemfleet.common.metrics;

import dev.stemfleet.common.http.Answer;
import dev.stemfleet.common.http.Handler;
import dev.stemfleet.common.http.Request;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What Prometheus reads: a program's own meters, then those of its JVM (`jvm_*`, `process_*`).
/// Thread-safe as far as what it asks is.
public final class MetricsPage implements Handler {
  public static final String PATH = "/metrics";
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<Readings> readings;
  private final PrometheusRegistry jvm = new PrometheusRegistry();

  /// @param readings asked at every scrape
  public MetricsPage(Supplier<Readings> readings) {
    this.readings = readings;
    JvmMetrics.builder().register(jvm);
  }

  @Override
  public Answer answer(Request request) {
    return Answer.of(TYPE, text(Stream.concat(readings.get().snapshots(), jvm.scrape().stream())));
  }

  /// Some readings alone, as Prometheus reads them.
  public static String text(Readings readings) {
    return text(readings.snapshots());
  }

  private static String text(Stream<MetricSnapshot> snapshots) {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    snapshots.forEach(all::metricSnapshot);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, all.build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
