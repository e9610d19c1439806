package dev.stemfleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.http.ListenAddress;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.metrics.Meter;
import dev.stemfleet.worker.telemetry.Meters;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a worker says of its health, as a probe sees it.
final class PagesTest {
  private final WorkerStatus status = new WorkerStatus();
  private final Health health = new Health(status);
  private final Meters meters = new Meters();
  private final Pages pages = Pages.open(ListenAddress.parse("127.0.0.1:0"), meters, health);
  private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void closes() {
    pages.close();
    client.close();
  }

  @Test
  void aWorkerIsAliveFromTheStartAndReadyOnceItTakesJobs() throws Exception {
    assertThat(ask("/healthz").statusCode()).isEqualTo(200);
    assertThat(ask("/readyz").statusCode()).isEqualTo(503);
    assertThat(ask("/readyz").body()).isEqualTo("starting: the model is not loaded yet\n");

    health.joined(() -> true, trouble::get);
    status.is(WorkerState.IDLE);
    assertThat(ask("/readyz").statusCode()).isEqualTo(200);

    status.works("0123456789abcdef", "separate");
    assertThat(ask("/healthz").statusCode()).isEqualTo(200);
    assertThat(ask("/readyz").body()).isEqualTo("ok\n");
  }

  @Test
  void whoTakesNoJobsIsAliveAndSaysWhyItIsNotReady() throws Exception {
    health.joined(() -> true, trouble::get);
    status.is(WorkerState.IDLE);

    trouble.set(Optional.of("No broker has answered for a while."));
    assertThat(ask("/readyz").body()).contains("No broker has answered");
    trouble.set(Optional.empty());
    status.isUnfit();
    assertThat(ask("/readyz").statusCode()).isEqualTo(503);
    assertThat(ask("/readyz").body()).contains("device");
    assertThat(ask("/healthz").statusCode()).isEqualTo(200);
    status.drains();
    assertThat(ask("/readyz").body()).startsWith("leaving");
    assertThat(ask("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void aWorkerWithoutAnyModelIsNotReady() throws Exception {
    health.joined(() -> false, trouble::get);
    status.is(WorkerState.IDLE);

    assertThat(ask("/readyz").body()).isEqualTo("no model is resident\n");
  }

  @Test
  void metersAreReadWithThoseOfTheJvm() throws Exception {
    meters.count(Meter.JOBS, "succeeded", "none");

    assertThat(ask("/metrics").body())
        .contains("stemfleet_jobs_total{reason=\"none\",state=\"succeeded\"} 1.0\n")
        .contains("jvm_memory_used_bytes", "process_start_time_seconds", "jvm_threads_current")
        .contains("jvm_gc_collection_seconds");
  }

  @Test
  void withoutAnAddressNothingIsOpened() {
    try (Pages none = Pages.open(null, meters, health)) {
      assertThat(none.address("node-1")).isNull();
    }
    assertThat(pages.address("node-1")).startsWith("127.0.0.1:");
    try (Pages everywhere = Pages.open(ListenAddress.parse(":0"), meters, health)) {
      assertThat(everywhere.address("node-1")).matches("node-1:\\d+");
    }
  }

  private HttpResponse<String> ask(String path) throws Exception {
    URI uri = URI.create("http://" + pages.address("localhost") + path);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
