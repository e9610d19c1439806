package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;

/// A real single-node Kafka broker in a child process, reachable from this machine only.
///
/// Its folder keeps the data over restarts; at most one broker runs in a folder. The process ends
/// with this object, with this JVM, and when this JVM is killed. Thread-safe; caller closes.
///
/// In the folder: `data/`, `broker.log` of the newest start, `broker.address` of a running broker.
public final class LocalBroker implements AutoCloseable {
  private static final Duration ADMIN_CLOSE_TIME = Duration.ofSeconds(2);
  private static final Duration START_TIME = Duration.ofSeconds(60);
  private static final Duration STOP_TIME = Duration.ofSeconds(15);
  private static final int PORT_TRIES = 3;
  private static final int TAIL_LINES = 15;

  private final Process process;
  private final int port;
  private final Path folder;

  /// How a broker is started.
  ///
  /// @param folder where its data lies; made if missing
  /// @param port where clients connect; 0 takes a free one
  /// @param properties broker properties that win over ours
  /// @param jvm options of its JVM beside ours
  public record Options(Path folder, int port, Map<String, String> properties, List<String> jvm) {
    public Options {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port: must be between 0 and 65535, not " + port);
      }
      folder = folder.toAbsolutePath().normalize();
      properties = Map.copyOf(properties);
      jvm = List.copyOf(jvm);
    }

    public static Options in(Path folder) {
      QuickStart start = QuickStart.of(FleetSettings.home());
      return new Options(folder, 0, Map.of(), start.options(QuickStart.BROKER));
    }

    public Options onPort(int other) {
      return new Options(folder, other, properties, jvm);
    }

    public Options with(Map<String, String> more) {
      return new Options(folder, port, more, jvm);
    }

    Options startedWith(List<String> others) {
      return new Options(folder, port, properties, others);
    }
  }

  private LocalBroker(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  /// Starts a broker and waits until it answers.
  ///
  /// @throws IOException if it does not come up; the message holds the end of its log
  public static LocalBroker start(Options options) throws IOException {
    Optional<String> running = runningIn(options.folder());
    if (running.isPresent()) {
      throw new IOException(
          "Another broker runs in %s at %s.".formatted(options.folder(), running.get()));
    }
    Files.createDirectories(options.folder().resolve("data"));
    for (int attempt = 1; ; attempt++) {
      LocalBroker broker = launch(options);
      try {
        broker.awaitAnswer();
        return broker;
      } catch (IOException e) {
        broker.kill();
        boolean portWasTaken = options.port() == 0 && broker.log().contains("already in use");
        if (!portWasTaken || attempt == PORT_TRIES) {
          throw e;
        }
      }
    }
  }

  /// Where a broker listens that another process runs in this folder; empty if none does.
  public static Optional<String> runningIn(Path folder) throws IOException {
    Path address = folder.resolve("broker.address");
    Path lock = folder.resolve("broker.lock");
    if (!Files.exists(address) || !Files.exists(lock)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      return free == null ? Optional.of(Files.readString(address).strip()) : Optional.empty();
    }
  }

  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /// The settings of clients of this broker.
  public KafkaSettings settings() {
    return KafkaSettings.of(bootstrapServers());
  }

  /// The broker's process id.
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public Path folder() {
    return folder;
  }

  /// Waits until the process ends, in whatever way.
  public void awaitExit() throws InterruptedException {
    process.waitFor();
  }

  /// Ends the process as a crash would.
  public void kill() {
    process.destroyForcibly();
    awaitEnd(STOP_TIME);
  }

  /// Ends the process in order.
  @Override
  public void close() {
    process.destroy();
    if (!awaitEnd(STOP_TIME)) {
      kill();
    }
  }

  private static LocalBroker launch(Options options) throws IOException {
    int port = options.port() == 0 ? freePort() : options.port();
    Path folder = options.folder();
    Path properties = folder.resolve("server.properties");
    write(
        properties,
        BrokerProperties.of(folder.resolve("data"), port, freePort(), options.properties()));
    Process process =
        new ProcessBuilder(Unheard.command(BrokerCommand.of(folder, properties, options.jvm())))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("broker.log").toFile())
            .start();
    LocalBroker broker = new LocalBroker(process, port, folder);
    Files.writeString(folder.resolve("broker.address"), broker.bootstrapServers());
    return broker;
  }

  private void awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + START_TIME.toNanos();
    while (!listens()) {
      pauseUnlessEnded(deadline);
    }
    Admin admin = new KafkaClients(settings()).admin();
    try {
      KafkaFuture<?> answer = admin.describeCluster().nodes();
      while (!answer.isDone()) {
        pauseUnlessEnded(deadline);
      }
      if (answer.isCompletedExceptionally()) {
        throw new IOException(
            "The broker in %s does not answer:\n%s".formatted(folder, tail(log())));
      }
    } finally {
      // Without a limit it would wait for the answer of a broker that has died.
      admin.close(ADMIN_CLOSE_TIME);
    }
  }

  private void pauseUnlessEnded(long deadline) throws IOException {
    if (awaitEnd(Duration.ofMillis(20)) || System.nanoTime() > deadline) {
      throw new IOException("The broker in %s did not come up:\n%s".formatted(folder, tail(log())));
    }
  }

  /// A client that knocks too early would fill the log with warnings.
  private boolean listens() {
    try (Socket socket = new Socket("localhost", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean awaitEnd(Duration wait) {
    try {
      return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("broker.log"));
  }

  private static String tail(String log) {
    List<String> lines = log.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void write(Path file, Map<String, String> values) throws IOException {
    Properties properties = new Properties();
    properties.putAll(values);
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "Written anew at every start.");
    }
  }
}
