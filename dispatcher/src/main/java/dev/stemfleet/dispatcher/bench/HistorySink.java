package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.UnmadeVideos;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.kafka.BatchPartition;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.message.Attempt;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.JobWriter;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.ResultHead;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.dispatcher.plan.TrackPlan;
import dev.stemfleet.dispatcher.submit.JobSink;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/// Jobs that were done long ago: on the batches topic, with a result each as workers write them,
/// and not on the queue. For one thread; the caller closes.
final class HistorySink implements JobSink {
  private static final Map<String, Double> STAGE_SECONDS =
      Map.of("resolve", 0.1, "decode", 0.8, "separate", 9.5, "encode", 2.5, "video", 1.0);

  private final Producer<String, byte[]> batches;
  private final Producer<String, byte[]> results;
  private final KafkaClients clients;
  private final JobWriter writer = new JobWriter();

  HistorySink(KafkaClients clients) {
    this.clients = clients;
    this.batches = clients.batchesProducer();
    // Workers send one result at a time: each is a batch of its own on the topic.
    this.results = new KafkaClients(clients.settings().with("batch.size", "0")).producer();
  }

  @Override
  public void keep(AssetRef asset, byte[] bytes) {
    // Nobody will draw it.
  }

  @Override
  public void send(TrackPlan track) {
    var topics = clients.settings().topics();
    for (Job job : track.jobs()) {
      send(batches, topics.batches(), job, writer.write(job));
      send(results, topics.results(), job, Wire.write(result(job)));
    }
  }

  private static void send(Producer<String, byte[]> producer, String topic, Job job, byte[] value) {
    var _ = producer.send(BatchPartition.record(producer, topic, job.batch(), job.jobId(), value));
  }

  @Override
  public void flush() {
    batches.flush();
    results.flush();
  }

  @Override
  public void close() {
    batches.close();
    results.close();
  }

  private static Result result(Job job) {
    return ResultHead.of(job, job.track().sha256())
        .succeeded(
            new Attempt(
                "worker-1", 1, job.submittedAt().plusSeconds(60), job.warnings(), STAGE_SECONDS),
            UnmadeVideos.of(job, "libx264"));
  }
}
