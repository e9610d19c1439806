package dev.stemfleet.dispatcher.local;

import java.io.IOException;
import java.nio.file.Path;

/// A process of its own that starts a broker, prints its process id and waits to be killed.
public final class BrokerParent {
  private BrokerParent() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    LocalBroker broker = LocalBroker.start(LocalBroker.Options.in(Path.of(args[0])));
    System.out.println(broker.pid());
    Thread.currentThread().join();
  }
}
