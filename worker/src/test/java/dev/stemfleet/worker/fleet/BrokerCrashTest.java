package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Result;
import dev.stemfleet.dispatcher.local.LocalBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker of its own that is killed while a worker works.
@FleetExtension.ShortLock
final class BrokerCrashTest {
  @TempDir Path folder;

  @Test
  void everyJobIsAnsweredOnceAlthoughTheBrokerDiesInBetween() throws IOException {
    // Given a worker in the middle of a track
    LocalBroker.Options options = LocalBroker.Options.in(folder).with(FleetExtension.SHORT_LOCKS);
    LocalBroker broker = LocalBroker.start(options);
    int port = Integer.parseInt(broker.bootstrapServers().replace("localhost:", ""));
    try (TestFleet fleet = FleetExtension.fleet(broker.settings(), BrokerCrashTest.class)) {
      WorkerUnderTest worker = fleet.worker("a");
      Scene scene = new Scene(fleet);
      scene.submit(40, 1, "main,backup");
      scene.submit(1, 2, "main");
      scene.separating(List.of(worker));
      // When the broker is killed and comes back with its data
      broker.kill();
      broker = LocalBroker.start(options.onPort(port));
      // Then the same worker has finished everything, and every guarantee holds
      List<Result> results = fleet.awaitResults("batch", 3);
      assertThat(results).allSatisfy(result -> assertThat(result.succeeded()).isTrue());
      assertThat(results).extracting(Result::worker).containsOnly("a");
      worker.terminate();
      assertThat(worker.awaitExit()).isZero();
      Evidence evidence = Evidence.of(fleet);
      Guarantee.ALL.forEach(guarantee -> guarantee.holdsIn(evidence));
    } finally {
      broker.close();
    }
  }
}
