package dev.stemfleet.worker.browser;

import dev.stemfleet.worker.fleet.TestFleet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// `stemfleet console` for a fleet, on a thread of this JVM.
final class ServedFleet implements AutoCloseable {
  static final String TOKEN = "a-token-for-browsers-0123456789";

  private final int port;
  private final Thread thread;

  ServedFleet(TestFleet fleet) throws IOException {
    Path token = Files.writeString(fleet.folder().resolve("token"), TOKEN + "\n");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    thread =
        Thread.ofPlatform()
            .name("console-under-test")
            .start(
                () ->
                    fleet.stemfleet(
                        "console", "--listen", "127.0.0.1:" + port, "--token-file", token));
    awaitOpen();
  }

  String address() {
    return "http://127.0.0.1:" + port + "/";
  }

  String link() {
    return address() + "#token=" + TOKEN;
  }

  private void awaitOpen() throws IOException {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (thread.isAlive() && Instant.now().isBefore(end)) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (java.net.ConnectException e) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("the console did not open");
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join(Duration.ofSeconds(20));
  }
}
