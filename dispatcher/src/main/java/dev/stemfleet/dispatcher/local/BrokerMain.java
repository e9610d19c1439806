package dev.stemfleet.dispatcher.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/// The child process of a {@link LocalBroker}: formats its folder at the first start, then runs
/// Kafka until its standard input ends, which it does when the parent dies in whatever way.
///
/// Arguments: the server properties, the lock file, the data folder.
public final class BrokerMain {
  /// The folder is in use by another broker.
  static final int IN_USE = 3;

  /// Held until the process ends; a lock that nobody refers to would be collected and so freed.
  private static @Nullable FileLock lock;

  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    String properties = args[0];
    Path data = Path.of(args[2]);
    lock =
        FileChannel.open(Path.of(args[1]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
            .tryLock();
    if (lock == null) {
      System.err.println("Another broker runs in this folder.");
      System.exit(IN_USE);
    }
    Thread.ofPlatform().name("parent-watch").daemon().start(BrokerMain::endWithParent);
    if (!Files.exists(data.resolve("meta.properties"))) {
      format(properties);
    }
    kafka.Kafka.main(new String[] {properties});
  }

  private static void format(String properties) {
    String id = Uuid.randomUuid().toString();
    int code =
        kafka.tools.StorageTool.execute(
            new String[] {"format", "--cluster-id", id, "--config", properties}, System.out);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static void endWithParent() {
    try (InputStream parent = System.in) {
      while (parent.read() >= 0) {
        // Nothing is ever said; only the end matters.
      }
    } catch (IOException e) {
      System.err.println("The parent cannot be watched any longer: " + e);
    }
    System.exit(0);
  }
}
