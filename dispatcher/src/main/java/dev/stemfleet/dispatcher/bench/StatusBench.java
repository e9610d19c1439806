package dev.stemfleet.dispatcher.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.dispatcher.plan.TrackPlan;
import dev.stemfleet.dispatcher.submit.JobSink;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How long people wait for `stemfleet status BATCH` when the history is long: from the start of
/// the process to its end.
///
/// @param batches on the topics, each of `tracks` tracks for five channels
/// @param folder where the broker's data lies; null for the system's temporary folder
/// @param say takes a line about what is being done
public record StatusBench(
    int rounds, int batches, int tracks, @Nullable Path folder, Consumer<String> say) {
  private static final double SECONDS = 2;
  private static final double MEGA = 1e6;
  private static final Duration POLL = Duration.ofMillis(100);

  /// @throws BenchFailure if the answer is wrong
  public BenchResult run() throws Exception {
    Machine machine = Machine.here();
    try (BenchFleet fleet = BenchFleet.start(folder)) {
      int results = batches * tracks * BenchChannels.KEYS.size();
      say.accept("writing the history of " + results + " jobs");
      Path manifest = Manifest.write(fleet.folder().resolve("tracks.jsonl"), tracks);
      try (HistorySink history = new HistorySink(fleet.clients())) {
        for (int batch = 0; batch < batches; batch++) {
          fleet.submit(() -> new Kept(history), manifest, name(batch), BenchChannels.KEYS);
        }
      }
      say.accept("asking for one of " + batches + " batches");
      Rounds times =
          Rounds.run(
              rounds,
              List.of(
                  Contender.timed("status", () -> ask(fleet, name(batches / 2))),
                  Contender.timed("bare read", () -> read(fleet.clients()))));
      var topics = fleet.clients().settings().topics();
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("seconds", times.median("status"));
      figures.put("bare_read_seconds", times.median("bare read"));
      figures.put("results", (double) results);
      figures.put("batches_topic_mb", fleet.bytesOf(topics.batches()) / MEGA);
      figures.put("results_topic_mb", fleet.bytesOf(topics.results()) / MEGA);
      return new BenchResult(
          "status",
          "one batch among %d results".formatted(results),
          figures,
          List.of(Target.atMost("seconds", SECONDS)),
          times.seconds(),
          machine);
    }
  }

  private static String name(int batch) {
    return "batch-" + batch;
  }

  /// The least that reading the history costs: all of it, without a look, in this warm process.
  private static void read(KafkaClients clients) {
    var topics = clients.settings().topics();
    try (TopicReader reader =
        TopicReader.fromStart(clients, Set.of(topics.batches(), topics.results()))) {
      while (!reader.caughtUp()) {
        var _ = reader.poll(POLL);
      }
    }
  }

  private void ask(BenchFleet fleet, String batch) throws IOException, InterruptedException {
    Path answer = fleet.folder().resolve("status.json");
    String servers = String.valueOf(fleet.settings().bootstrapServers());
    Process process =
        new ProcessBuilder(
                DispatcherProgram.command(
                    "status", batch, "--format", "json", "--bootstrap-servers", servers))
            .directory(fleet.folder().toFile())
            .redirectOutput(Redirect.to(answer.toFile()))
            .redirectError(Redirect.INHERIT)
            .start();
    int code = process.waitFor();
    JsonNode found = Json.lenient().readTree(Files.readString(answer));
    int done = found.path("batches").path(0).path("counts").path("done").asInt();
    boolean one = found.path("batches").size() == 1;
    if (code != 0 || !one || done != tracks * BenchChannels.KEYS.size()) {
      throw new BenchFailure("status said " + done + " jobs of " + batch + " are done");
    }
  }

  /// The one history under many submits, each of which closes what it was given.
  private record Kept(HistorySink history) implements JobSink {
    @Override
    public void keep(AssetRef asset, byte[] bytes) {
      history.keep(asset, bytes);
    }

    @Override
    public void send(TrackPlan track) {
      history.send(track);
    }

    @Override
    public void close() {
      history.flush();
    }
  }
}
