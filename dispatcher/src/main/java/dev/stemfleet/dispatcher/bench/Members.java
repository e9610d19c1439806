package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/// The members of a fleet's share group.
final class Members {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private Members() {}

  /// Waits until so many have joined and know what they may take from.
  ///
  /// @throws BenchFailure if they do not come
  static void await(KafkaClients clients, int count) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Admin admin = clients.admin()) {
      while (assigned(admin, clients.settings().group()) < count) {
        if (System.nanoTime() > deadline) {
          throw new BenchFailure("not all of " + count + " workers joined");
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
    }
  }

  private static long assigned(Admin admin, String group) {
    try {
      return admin
          .describeShareGroups(List.of(group))
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .values()
          .stream()
          .flatMap(found -> found.members().stream())
          .filter(member -> !member.assignment().topicPartitions().isEmpty())
          .count();
    } catch (ExecutionException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    } catch (java.util.concurrent.TimeoutException e) {
      throw new BenchFailure("no broker tells the members of " + group);
    }
  }
}
