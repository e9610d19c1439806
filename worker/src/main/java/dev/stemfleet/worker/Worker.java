package dev.stemfleet.worker;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.common.metrics.Meter;
import dev.stemfleet.worker.clip.CacheBudgets;
import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.job.JobOutcome;
import dev.stemfleet.worker.job.JobRoom;
import dev.stemfleet.worker.job.JobRunner;
import dev.stemfleet.worker.job.ResidentSpeechModels;
import dev.stemfleet.worker.job.Results;
import dev.stemfleet.worker.job.StemSources;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.place.Outlet;
import dev.stemfleet.worker.render.StillVideo;
import dev.stemfleet.worker.source.Assets;
import dev.stemfleet.worker.speech.Voices;
import dev.stemfleet.worker.telemetry.JmxMeters;
import dev.stemfleet.worker.telemetry.Meters;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// The worker put together: every part is made here, in order, and closed in reverse.
///
/// | thread | does |
/// |---|---|
/// | `main` (the device thread) | the job loop, inference, placing |
/// | `stemfleet-open-*` | at the start only: what is opened while the model loads |
/// | `stemfleet-control` | reading what was cancelled |
/// | `stemfleet-kafka` | all calls of the queue's consumer |
/// | `stemfleet-read`, `stemfleet-join` | beside inference: cutting the mix, joining stems |
/// | `stemfleet-encode-N` | encoding stems, drawing frames, writing videos |
/// | `stemfleet-watch` | looking whether a stage is stuck |
/// | `stemfleet-heartbeat` | heartbeats, the work folder's lease |
final class Worker implements AutoCloseable {
  private static final int KEPT_VOICES = 64;
  private static final int USUAL_WIDTH = 1920;
  private static final int USUAL_HEIGHT = 1080;
  private static final int USUAL_RATE = 24;
  private static final int LARGEST_WIDTH = 1920;
  private static final int LARGEST_HEIGHT = 1920;

  private final Opened opened;
  private final WorkerStatus status = new WorkerStatus();
  private final Meters meters = new Meters();
  private final ModelFacts model;
  private final JobLoop loop;

  private Worker(WorkerSettings settings, Clock clock, Opened opened) {
    this.opened = opened;
    FleetSettings fleet = settings.fleet();
    Placing placing = opened.add(Placing.of(settings));
    String id = settings.workerId();

    Health health = new Health(status);
    WorkerMeters.begin(meters, settings, status, health);
    Pages pages = opened.add(Pages.open(settings.http(), meters, health));
    Cancels cancels = new Cancels();
    // Three things at once that wait for different parts of the machine: the brokers, the disk and
    // the memory, the processor.
    KafkaClients clients = new KafkaClients(KafkaSettings.of(fleet));
    Aside<Queueing> joining =
        opened.add(
            Aside.open("queue", () -> Queueing.open(clients, cancels::hear), Queueing::close));
    Assets assets = placing.assets();
    Aside<ClipCaches> drawing =
        opened.add(Aside.open("clips", () -> openClips(assets), ClipCaches::close));
    Separating separating = Separating.open(settings, clock, opened);
    model = separating.prepare(fleet.model());

    StillVideo writer = StillVideo.open();
    ClipCaches clips = opened.add(drawing.take());
    Outlet outlet = opened.add(placing.open(id));
    JobRoom room = placing.room(outlet);
    Results results = new Results(id, clock);
    Voices voices = new Voices(KEPT_VOICES);
    ResidentSpeechModels speaking =
        opened.add(new ResidentSpeechModels(separating.models(), voices, clock));
    StemSources sources = separating.sources(speaking, outlet.takes(), assets);
    JobRunner runner = room.runner(sources, clips, writer, separating.pool(), results);

    Queueing kafka = opened.add(joining.take());
    loop = loop(settings, kafka, runner, room.attempts(), cancels, clock);
    Caches caches = new Caches(separating.models(), clips, separating.stems(), voices);
    WorkerMeters.add(meters, caches, kafka.queue(), clock);
    health.joined(() -> !caches.residents().isEmpty(), kafka.queue()::trouble);
    Heartbeat heartbeat =
        opened.add(new Heartbeat(settings, kafka, status, caches, pages, outlet, clock));
    status.is(WorkerState.IDLE);
    heartbeat.start();
    // Takes seconds once; most channels have this size, and the first track has yet to be
    // separated.
    separating.pool().execute(() -> writer.prepare(USUAL_WIDTH, USUAL_HEIGHT, USUAL_RATE));
    separating.pool().execute(opened.add(new JmxMeters(meters, id))::start);
  }

  private JobLoop loop(
      WorkerSettings settings,
      Queueing kafka,
      JobRunner runner,
      Attempts attempts,
      Cancels cancels,
      Clock clock) {
    String id = settings.workerId();
    EventReporter reporter =
        new EventReporter(id, kafka.outbox(), kafka.topics(), status, meters, clock);
    Answers answers = new Answers(id, kafka.topics(), attempts, status, meters, clock);
    Retries retries = new Retries(settings.retryFor(), RandomGenerator.getDefault(), attempts);
    JobLoop.Conduct conduct = new JobLoop.Conduct(retries, cancels, settings.grace());
    StageWatch watch =
        opened.add(
            new StageWatch(
                runner::run,
                settings.stagePatience(),
                System::nanoTime,
                Runtime.getRuntime()::halt));
    watch.start();
    return new JobLoop(kafka.queue(), timed(watch), answers, reporter, status, conduct);
  }

  private JobLoop.Runner timed(JobLoop.Runner runner) {
    return (job, attempt, lease, reporter) -> {
      long began = System.nanoTime();
      JobOutcome outcome = runner.run(job, attempt, lease, reporter);
      meters.took(Meter.JOB_SECONDS, (System.nanoTime() - began) / 1e9);
      return outcome;
    };
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

  private static ClipCaches openClips(Assets assets) {
    CacheBudgets budgets = CacheBudgets.forVideosUpTo(LARGEST_WIDTH, LARGEST_HEIGHT);
    return ClipCaches.open(budgets, assets::locate);
  }
}
