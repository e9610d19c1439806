package dev.stemfleet.common.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Utils;

/// Where brokers should be listening. Immutable.
record Listeners(List<InetSocketAddress> addresses) {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int CONNECT_MILLIS = 1000;

  /// @param bootstrapServers `host:port`, several with commas between; what is no address is left
  ///   out, Kafka's own clients complain about it
  static Listeners of(String bootstrapServers) {
    return new Listeners(
        Arrays.stream(bootstrapServers.split(","))
            .map(String::strip)
            .filter(text -> Utils.getHost(text) != null && Utils.getPort(text) != null)
            .map(
                text ->
                    InetSocketAddress.createUnresolved(
                        Objects.requireNonNull(Utils.getHost(text)),
                        Objects.requireNonNull(Utils.getPort(text))))
            .toList());
  }

  /// Waits until one of them accepts a connection, or the time is over, or this thread is
  /// interrupted.
  void awaitAny(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (addresses.stream().noneMatch(Listeners::accepts) && System.nanoTime() < deadline) {
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      InetAddress host = InetAddress.getByName(address.getHostString());
      socket.connect(new InetSocketAddress(host, address.getPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
