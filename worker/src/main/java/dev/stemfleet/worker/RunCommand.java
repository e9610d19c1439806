package dev.stemfleet.worker;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.UserCache;
import dev.stemfleet.common.http.ListenAddress;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.DeviceChoice;
import dev.stemfleet.worker.model.MemoryBudget;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a worker until it is asked to leave.
@Command(name = "run", description = "Takes jobs until SIGTERM, then finishes the running one.")
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  private static final String LETTERS_OF_THE_WORLD = "\u00e7\u05e9\u0639\u97f3\ud83c\udfa7";

  private final CountDownLatch gone = new CountDownLatch(1);
  @Mixin private final FleetFlags fleet = new FleetFlags();

  @Option(names = "--device", defaultValue = "cpu", description = "cpu, cuda:N or auto.")
  private String device = "cpu";

  @Option(
      names = "--model-memory",
      paramLabel = "SIZE",
      description =
          "What resident models may take of the device together, as 8GB. Default: all there is.")
  private @Nullable String modelMemory;

  @Option(names = "--worker-id", description = "Default: <host>-<device>.")
  private @Nullable String workerId;

  @Option(names = "--cache-dir", paramLabel = "DIR", description = "Where encoded stems are kept.")
  private @Nullable Path cacheFolder;

  @Option(
      names = "--stem-store-mb",
      defaultValue = "20000",
      description = "How large the encoded stems may grow. Default: ${DEFAULT-VALUE}.")
  private long stemStoreMegabytes;

  @Option(names = "--cores", description = "Default: all.")
  private int cores = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--grace",
      defaultValue = "60",
      description = "Seconds that the running job has when the worker is asked to leave.")
  private double graceSeconds;

  @Option(
      names = "--retry-for",
      defaultValue = "60",
      description = "Seconds for which a job is tried again here after a failure that may pass.")
  private double retrySeconds;

  @Option(
      names = "--stage-patience",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "What the deadlines of stages are multiplied with; a stuck stage ends the JVM.")
  private double stagePatience;

  @Option(
      names = "--http",
      paramLabel = ListenAddress.SYNTAX,
      description = "Where /metrics, /healthz and /readyz are shown. Default: nowhere.")
  private @Nullable String http;

  @Option(names = "--with-parent", description = "Leave when standard input ends.")
  private boolean withParent;

  @Override
  public Integer call() throws InterruptedException, IOException {
    requireAllLetters();
    WorkerSettings settings = settings();
    long start = System.nanoTime();
    try (Worker worker = Worker.open(settings, Clock.systemUTC())) {
      leaveWhenAsked(worker);
      ModelFacts facts = worker.model();
      LOG.atInfo()
          .addKeyValue("worker", settings.workerId())
          .addKeyValue("model", facts.id())
          .addKeyValue("device", facts.device())
          .addKeyValue("loadSeconds", facts.loadSeconds())
          .addKeyValue("startSeconds", Math.round((System.nanoTime() - start) / 1e6) / 1e3)
          .log("ready");
      worker.join();
    } finally {
      gone.countDown();
    }
    return 0;
  }

  /// Outputs are named by their titles: with an encoding that lacks their letters, every such job
  /// would fail here that another worker can do.
  private static void requireAllLetters() {
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    if (!names.newEncoder().canEncode(LETTERS_OF_THE_WORLD)) {
      throw new ConfigException(
          "LC_ALL",
          "file names are limited to the letters of " + names + "; start with LC_ALL=C.UTF-8");
    }
  }

  private WorkerSettings settings() throws IOException {
    Device on = DeviceChoice.of(device);
    String id =
        workerId == null
            ? InetAddress.getLocalHost().getHostName() + "-" + on.key().replace(':', '-')
            : workerId;
    return new WorkerSettings(
        fleet.settings(),
        id,
        on,
        modelMemory == null ? MemoryBudget.NONE : MemoryBudget.parse(modelMemory),
        cacheFolder == null ? UserCache.folder().resolve(id) : cacheFolder.toAbsolutePath(),
        stemStoreMegabytes << 20,
        cores,
        seconds(graceSeconds),
        stagePatience,
        http == null ? null : ListenAddress.parse(http),
        seconds(retrySeconds));
  }

  private void leaveWhenAsked(Worker worker) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stemfleet-leave")
                .unstarted(
                    () -> {
                      if (gone.getCount() > 0) {
                        worker.stop();
                        endInOrder();
                      }
                    }));
    if (withParent) {
      Thread.ofPlatform().name("stemfleet-parent").daemon().start(() -> stopAtEndOfInput(worker));
    }
  }

  /// Waits for the worker, not for the main thread: that one waits for this hook in `System.exit`.
  /// Leaving when asked to is no failure, so the exit code is 0 and not the signal's; a worker that
  /// ends by itself has its own exit code.
  private void endInOrder() {
    try {
      if (gone.await(Math.round(graceSeconds) + 30, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stopAtEndOfInput(Worker worker) {
    try {
      while (System.in.read() >= 0) {
        // Only its end matters.
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("standard input ended");
    }
    worker.stop();
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }
}
