package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.Finding;
import dev.stemfleet.common.kafka.JobsTrimmer;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.JobWriter;
import dev.stemfleet.common.message.TraceContext;
import dev.stemfleet.dispatcher.plan.TrackPlan;
import dev.stemfleet.dispatcher.publish.TrackSender;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/// A fleet's Kafka and output root.
///
/// A job is on the batches topic before it is on the jobs topic: whatever a worker reports can be
/// looked up.
public final class FleetSink implements JobSink {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TrackSender sender;
  private final JobWriter writer = new JobWriter();
  private final PictureStore assets;
  private final @Nullable TraceContext parent = TraceContext.ofProcess().orElse(null);

  private FleetSink(KafkaClients clients, PictureStore assets) {
    this.sender = TrackSender.open(clients);
    this.assets = assets;
  }

  /// Checks the cluster, creates what is missing of topics and group, and opens a sink.
  ///
  /// @param assets takes pictures; closed with the sink
  /// @param warnings takes a line for everything that works but is not as it should be
  /// @throws JobException BROKER_UNREACHABLE if this Kafka cannot take jobs, with the command that
  ///   mends it
  public static FleetSink open(
      KafkaClients clients, PictureStore assets, Consumer<String> warnings) {
    return open(clients, assets, warnings, PATIENCE);
  }

  /// With an output folder.
  public static FleetSink open(KafkaClients clients, Path out, Consumer<String> warnings) {
    return open(clients, new AssetStore(out), warnings, PATIENCE);
  }

  /// @param patience how long to wait for a first answer
  static FleetSink open(
      KafkaClients clients, Path out, Consumer<String> warnings, Duration patience) {
    return open(clients, new AssetStore(out), warnings, patience);
  }

  private static FleetSink open(
      KafkaClients clients, PictureStore assets, Consumer<String> warnings, Duration patience) {
    QueueSetup.apply(clients, patience).stream().map(Finding::line).forEach(warnings);
    trim(clients, warnings);
    return new FleetSink(clients, assets);
  }

  /// Says which live workers cannot see one of the roots that tracks may come from.
  ///
  /// @param roots by name
  public static void warnOfBlindWorkers(
      KafkaClients clients, Set<String> roots, Instant now, Consumer<String> warnings) {
    BlindWorkers.warnings(clients, roots, now).forEach(warnings);
  }

  /// Finished jobs go a day later; a submit that cannot do it still submits.
  private static void trim(KafkaClients clients, Consumer<String> warnings) {
    try (Admin admin = clients.admin()) {
      var _ = new JobsTrimmer(admin, clients.settings(), InstantSource.system()).trim();
    } catch (JobException e) {
      warnings.accept("finished jobs could not be trimmed: " + e.getMessage());
    }
  }

  @Override
  public void keep(AssetRef asset, byte[] bytes) {
    assets.put(asset, bytes);
  }

  @Override
  public void send(TrackPlan track) {
    List<TrackSender.Outgoing> jobs = track.jobs().stream().map(this::outgoing).toList();
    sender.send(track.track().id(), jobs);
  }

  /// In the trace that this process belongs to, if any.
  private TrackSender.Outgoing outgoing(Job job) {
    TraceContext own = TraceContext.of(job);
    TraceContext trace = parent == null ? own : parent.step(own.spanId());
    return new TrackSender.Outgoing(job.batch(), job.jobId(), writer.write(job), trace.headers());
  }

  @Override
  public void flush() {
    sender.flush();
  }

  @Override
  public int unconfirmed() {
    return sender.unconfirmed();
  }

  @Override
  public void close() {
    sender.close();
    assets.close();
  }
}
