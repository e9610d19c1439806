package dev.stemfleet.worker;

import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.ClusterCheck;
import dev.stemfleet.common.kafka.Finding;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.QueueSetup;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.clip.CacheBudgets;
import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.job.JobRoom;
import dev.stemfleet.worker.job.JobRunner;
import dev.stemfleet.worker.job.ResidentSeparation;
import dev.stemfleet.worker.job.Results;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.place.OutputRoot;
import dev.stemfleet.worker.place.WorkFolders;
import dev.stemfleet.worker.queue.Outbox;
import dev.stemfleet.worker.queue.ShareQueue;
import dev.stemfleet.worker.render.StillVideo;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.StemStore;
import dev.stemfleet.worker.source.Assets;
import dev.stemfleet.worker.source.Sounds;
import dev.stemfleet.worker.telemetry.Meters;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The worker put together: every part is made here, in order, and closed in reverse.
///
/// | thread | does |
/// |---|---|
/// | `main` (the device thread) | the job loop, inference, placing |
/// | `stemfleet-kafka` | all calls of the share consumer |
/// | `stemfleet-encode-N` | encoding stems, drawing frames, writing videos |
/// | `stemfleet-heartbeat` | heartbeats, the work folder's lease |
final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration QUEUE_PATIENCE = Duration.ofSeconds(60);
  private static final int USUAL_WIDTH = 1920;
  private static final int USUAL_HEIGHT = 1080;
  private static final int USUAL_RATE = 24;
  private static final int LARGEST_WIDTH = 1920;
  private static final int LARGEST_HEIGHT = 1920;

  private final Opened opened;
  private final WorkerStatus status = new WorkerStatus();
  private final ModelFacts model;
  private final JobLoop loop;

  private Worker(WorkerSettings settings, Clock clock, Opened opened) {
    this.opened = opened;
    FleetSettings fleet = settings.fleet();
    OutputRoot out = new OutputRoot(fleet.out());
    KafkaClients clients = new KafkaClients(KafkaSettings.of(fleet));
    String id = settings.workerId();

    ModelCache models = opened.add(new ModelCache(settings.device(), settings.cores(), clock));
    StemStore stems =
        opened.add(
            StemStore.open(
                settings.cacheFolder().resolve("stems"), settings.stemStoreBytes(), clock));
    ExecutorService pool = opened.add(encoders(settings.cores()));
    ResidentSeparation separation =
        new ResidentSeparation(
            ModelCatalog.load(List.of(fleet.models())), models, stems, new Separator(pool));
    model = separation.prepare(fleet.model());

    StillVideo writer = StillVideo.open();
    // Takes seconds once; most channels have this size, and the first track is still being
    // separated.
    pool.execute(() -> writer.prepare(USUAL_WIDTH, USUAL_HEIGHT, USUAL_RATE));
    Assets assets = new Assets(List.of(fleet.assets()), out.assets());
    CacheBudgets budgets = CacheBudgets.forVideosUpTo(LARGEST_WIDTH, LARGEST_HEIGHT);
    ClipCaches clips = opened.add(ClipCaches.open(budgets, assets::locate));
    WorkFolders folders = opened.add(WorkFolders.open(out, id, clock));
    Sounds sounds = opened.add(new Sounds(fleet.roots()));
    Attempts attempts = new Attempts(out);
    JobRunner runner =
        new JobRoom(out, folders, attempts, sounds, assets)
            .runner(separation, clips, writer, pool, new Results(id, clock));

    // After the model is loaded: a broker that starts at the same moment has had its time.
    requireQueue(clients);
    Meters meters = new Meters();
    Outbox outbox = opened.add(Outbox.open(clients));
    ShareQueue queue = opened.add(ShareQueue.open(clients, outbox));
    var topics = clients.settings().topics();
    EventReporter reporter = new EventReporter(id, outbox, topics, status, meters, clock);
    Answers answers = new Answers(id, outbox, topics, attempts, status, meters, clock);
    Retries retries = new Retries(settings.retryFor(), RandomGenerator.getDefault());
    loop = new JobLoop(queue, runner::run, answers, reporter, status, retries, settings.grace());

    Heartbeat.Caches caches = new Heartbeat.Caches(models, clips, stems);
    Heartbeat heartbeat =
        opened.add(new Heartbeat(settings, outbox, topics, status, caches, folders, clock));
    status.is(WorkerState.IDLE);
    heartbeat.start();
  }

  /// Opens everything; the model is resident afterwards.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if a part cannot be opened; nothing is left
  ///   open then
  static Worker open(WorkerSettings settings, Clock clock) {
    Opened opened = new Opened();
    try {
      return new Worker(settings, clock, opened);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /// The model that is loaded.
  ModelFacts model() {
    return model;
  }

  /// Works until [#stop] is called.
  void join() throws InterruptedException {
    loop.run();
  }

  /// Takes nothing new; the running job has its grace period. Any thread.
  void stop() {
    loop.stop();
  }

  @Override
  public void close() {
    opened.close();
  }

  /// A worker never waits in silence on a queue that it cannot read.
  private static void requireQueue(KafkaClients clients) {
    Duration lock = clients.settings().lock();
    QueueSetup.apply(clients, QUEUE_PATIENCE).forEach(finding -> LOG.atWarn().log(finding.line()));
    for (Finding finding : new ClusterCheck(clients).run(QUEUE_PATIENCE, lock)) {
      if (finding.grade() == Finding.Grade.FAULT) {
        throw new JobException(FailureCode.BROKER_UNREACHABLE, finding.line());
      }
    }
  }

  private static ExecutorService encoders(int cores) {
    return Executors.newFixedThreadPool(
        cores, Thread.ofPlatform().name("stemfleet-encode-", 1).daemon().factory());
  }
}
