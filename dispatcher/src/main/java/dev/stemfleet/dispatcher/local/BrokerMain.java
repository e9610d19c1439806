package dev.stemfleet.dispatcher.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The child process of a {@link LocalBroker}: formats its folder at the first start, then runs
/// Kafka until its standard input ends, which it does when the parent dies in whatever way.
///
/// Arguments: the server properties, the lock file, the cluster id.
public final class BrokerMain {
  /// The folder is in use by another broker.
  static final int IN_USE = 3;

  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    String properties = args[0];
    if (lock(Path.of(args[1])) == null) {
      System.err.println("Another broker runs in this folder.");
      System.exit(IN_USE);
    }
    Thread.ofPlatform().name("parent-watch").daemon().start(BrokerMain::endWithParent);
    format(properties, args[2]);
    kafka.Kafka.main(new String[] {properties});
  }

  /// Held until the process ends, so it is never closed.
  @SuppressWarnings("resource")
  private static @Nullable FileLock lock(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).tryLock();
  }

  private static void format(String properties, String clusterId) {
    String[] arguments = {
      "format", "--ignore-formatted", "--cluster-id", clusterId, "--config", properties
    };
    int code = kafka.tools.StorageTool.execute(arguments, System.out);
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
