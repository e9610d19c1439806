package dev.stemfleet.worker.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The network between a worker and its broker, which can be cut. While it is, nothing comes
/// through and nobody is told; afterwards what was on its way arrives late, as on a real one. Owns
/// threads; the caller closes.
final class Cable implements AutoCloseable {
  private final ServerSocket near;
  private final int far;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private boolean cut;

  private Cable(ServerSocket near, int far) {
    this.near = near;
    this.far = far;
  }

  /// @param port at which workers find the broker
  /// @param brokerPort at which it really is
  static Cable between(int port, int brokerPort) {
    try {
      Cable cable =
          new Cable(new ServerSocket(port, 50, InetAddress.getByName("localhost")), brokerPort);
      Thread.ofVirtual().name("cable").start(cable::accept);
      return cable;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void cut() {
    cut = true;
  }

  synchronized void mend() {
    cut = false;
    notifyAll();
  }

  @Override
  public void close() {
    mend();
    end(near);
    ends.forEach(Cable::end);
  }

  private synchronized void awaitWhole() throws InterruptedException {
    while (cut) {
      wait();
    }
  }

  private void accept() {
    try {
      while (!near.isClosed()) {
        Socket worker = near.accept();
        Thread.ofVirtual().start(() -> connect(worker));
      }
    } catch (IOException e) {
      // Closed: the trial is over.
    }
  }

  private void connect(Socket worker) {
    ends.add(worker);
    try {
      awaitWhole();
      Socket broker = new Socket("localhost", far);
      ends.add(broker);
      Thread.ofVirtual().start(() -> pump(worker, broker));
      pump(broker, worker);
    } catch (IOException e) {
      end(worker);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[64 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        awaitWhole();
        out.write(bytes, 0, count);
      }
    } catch (IOException e) {
      // One of them has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is as good as closed.
    }
  }
}
