package dev.stemfleet.common.kafka;

import dev.stemfleet.common.domain.QueueMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Opens Kafka clients with the properties that the design depends on. Keys are text, values bytes.
///
/// Properties come in three layers: our stock ones, those of the user, and those that correctness
/// depends on, which always win. Thread-safe and stateless; whoever opens a client closes it.
public final class KafkaClients {
  private static final int MIB = 1 << 20;

  private final KafkaSettings settings;

  public KafkaClients(KafkaSettings settings) {
    this.settings = settings;
  }

  public KafkaSettings settings() {
    return settings;
  }

  /// For whoever sends tracks to the jobs topic from the producer's own thread: a batch of up to 1
  /// MiB is sent as soon as that thread comes by. What it takes without making anybody wait is 64
  /// MiB.
  public Producer<String, byte[]> tracksProducer() {
    return producer(
        Map.of(
            // The stock batch size splits a track over several batches, and so over several
            // workers.
            ProducerConfig.BATCH_SIZE_CONFIG,
            MIB,
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            2 * MIB,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            64L * MIB,
            ProducerConfig.SEND_BUFFER_CONFIG,
            MIB,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            5,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "none"));
  }

  /// For whoever moves tracks: what is added between two flushes is a batch, up to 1 MiB.
  public Producer<String, byte[]> movingProducer() {
    return producer(
        Map.of(
            ProducerConfig.BATCH_SIZE_CONFIG,
            MIB,
            ProducerConfig.LINGER_MS_CONFIG,
            30_000,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            2 * MIB,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "none"));
  }

  /// For the batches topic: many jobs a batch, sent within milliseconds. Thread-safe.
  public Producer<String, byte[]> batchesProducer() {
    return producer(
        Map.of(
            ProducerConfig.BATCH_SIZE_CONFIG,
            MIB / 4,
            ProducerConfig.LINGER_MS_CONFIG,
            2,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            2 * MIB,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "none"));
  }

  /// For events: like {@link #producer}, but a silent broker is waited for a second at most.
  public Producer<String, byte[]> eventProducer() {
    return producer(
        Map.of(ProducerConfig.LINGER_MS_CONFIG, 20, ProducerConfig.MAX_BLOCK_MS_CONFIG, 1000));
  }

  /// For results and everything else that must arrive: sends at once. Thread-safe.
  public Producer<String, byte[]> producer() {
    return producer(Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
  }

  private Producer<String, byte[]> producer(Map<String, Object> special) {
    Map<String, Object> required = new HashMap<>(special);
    required.put(ProducerConfig.ACKS_CONFIG, "all");
    required.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    Map<String, Object> stock =
        Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
    return new KafkaProducer<>(
        layered(stock, required), new StringSerializer(), new ByteArraySerializer());
  }

  /// A member of the share group: whole batches, explicit answers.
  public ShareConsumer<String, byte[]> shareConsumer() {
    Map<String, Object> required =
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            settings.withQueue(QueueMode.SHARE).group(),
            ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
            "explicit",
            // Together: one whole producer batch per poll, that is, one track and nothing more.
            ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
            "batch_optimized",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            1);
    // A fetch brings one batch at least, however large. With more allowed the broker of Kafka 4.3.1
    // looks at the head of every batch that would fit, at each fetch, while other workers wait.
    Map<String, Object> stock = Map.of(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1);
    return new KafkaShareConsumer<>(
        layered(stock, required), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /// A member of the consumer group of the mode `group`: one record a poll, offsets committed by
  /// transactions only. A member that falls silent for the settings' lock loses its partitions.
  ///
  /// @param longestJob for how long a rebalance may wait for a member's running job
  /// @param inWork the partition that is to stay with this member, as it works on it
  public Consumer<String, byte[]> groupConsumer(Duration longestJob, Supplier<OptionalInt> inWork) {
    int silence = Math.toIntExact(settings.lock().toMillis());
    Map<String, Object> required = new HashMap<>();
    required.put(ConsumerConfig.GROUP_ID_CONFIG, settings.withQueue(QueueMode.GROUP).group());
    required.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    required.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // A job that a worker gave back within a transaction that failed was never sent.
    required.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    required.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    required.put(
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Math.toIntExact(longestJob.toMillis()));
    required.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // The older protocol: what these clusters can do is not known.
    required.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    required.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, WorkKeepingAssignor.class.getName());
    required.put(WorkKeepingAssignor.WORK, inWork);
    required.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, silence);
    // Also how soon a member hears of a rebalance.
    required.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.clamp(silence / 8, 1, 3000));
    // A rebalance, and a worker that leaves, wait for the fetch that is under way.
    Map<String, Object> stock = Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 200);
    return new KafkaConsumer<>(
        layered(stock, required), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /// For what one member of the consumer group answers: results and offsets in one transaction. A
  /// second producer of the same name fences the first. Initialised by the caller.
  ///
  /// @param member the worker's name, unique in the fleet
  public Producer<String, byte[]> transactionalProducer(String member) {
    int lock = Math.toIntExact(settings.lock().toMillis());
    return producer(
        Map.of(
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            // A broker that does not answer must not cost a lease that is still good.
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            Math.clamp(lock / 4, 2000, 15_000),
            // What a dead worker left open keeps its successor and all readers waiting.
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            Math.clamp(lock, 1000, 60_000),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            settings.transactions() + member));
  }

  /// An ordinary reader without a group: the caller assigns partitions and seeks.
  public Consumer<String, byte[]> reader() {
    Map<String, Object> required =
        Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            // In the mode `group` results are sent in transactions, and some of them fail.
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    // Histories are read from the start: with the stock sizes a long one is hundreds of requests.
    Map<String, Object> stock =
        Map.of(
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            8 * MIB,
            ConsumerConfig.RECEIVE_BUFFER_CONFIG,
            MIB,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5000);
    return new KafkaConsumer<>(
        layered(stock, required), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /// For topics, group settings and checks; gives up after 10 s. Its close ends in time.
  public Admin admin() {
    Map<String, Object> stock =
        Map.of(
            CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000,
            CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return new PatientAdmin(layered(stock, Map.of()));
  }

  /// Finds out whether any broker answers.
  ///
  /// @throws org.apache.kafka.common.KafkaException if none does in time
  public void probe(Duration patience) {
    try (Admin admin = admin()) {
      int limit = Math.toIntExact(patience.toMillis());
      var _ =
          Await.get(admin.describeCluster(new DescribeClusterOptions().timeoutMs(limit)).nodes());
    }
  }

  /// Waits until a broker listens, or the time is over: for whoever may have been started together
  /// with the broker. A client that knocks too early warns in the log at every try.
  public void awaitListener(Duration patience) {
    Listeners.of(settings.bootstrapServers()).awaitAny(patience);
  }

  private Map<String, Object> layered(Map<String, Object> stock, Map<String, Object> required) {
    Map<String, Object> layers = new HashMap<>(stock);
    layers.putAll(settings.properties());
    layers.putAll(required);
    layers.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    // Telemetry for the cluster's owner is not ours to send, and its set-up delays short commands.
    layers.putIfAbsent(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    return layers;
  }
}
