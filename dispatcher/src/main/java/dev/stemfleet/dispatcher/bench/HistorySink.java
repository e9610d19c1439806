package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Naming;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.kafka.BatchPartition;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.JobWriter;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.dispatcher.plan.TrackPlan;
import dev.stemfleet.dispatcher.submit.JobSink;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/// Jobs that were done long ago: on the batches topic, with a result each as workers write them,
/// and not on the queue. For one thread; the caller closes.
final class HistorySink implements JobSink {
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
    return new Result(
        Schema.VERSION,
        job.jobId(),
        job.run(),
        job.batch(),
        Result.State.SUCCEEDED,
        job.track().sha256(),
        job.track().id(),
        job.track().artist(),
        job.track().title(),
        job.channel().key(),
        job.submittedAt(),
        job.submittedAt().plusSeconds(60),
        "worker-1",
        1,
        false,
        job.directory(),
        job.channel().stems().stream().map(stem -> file(job, stem)).toList(),
        job.warnings(),
        Map.of("resolve", 0.1, "decode", 0.8, "separate", 9.5, "encode", 2.5, "video", 1.0),
        CacheCounts.NONE,
        null,
        null,
        "libx264",
        null);
  }

  private static OutputFile file(Job job, Stem stem) {
    String path = job.directory() + "/" + Naming.title(job.track(), job.channel(), stem) + ".mp4";
    return new OutputFile(
        path, stem, Product.VIDEO, 10_000_000, job.track().sha256(), job.track().seconds());
  }
}
