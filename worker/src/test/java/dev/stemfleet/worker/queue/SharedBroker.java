package dev.stemfleet.worker.queue;

import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.dispatcher.local.LocalBroker;
import dev.stemfleet.worker.containers.InContainers;
import dev.stemfleet.worker.containers.KafkaInContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One real broker for all test classes of this JVM, with short locks allowed and idle connections
/// closed early, and one more in a container for those that want it so. Gives each test settings
/// with a prefix of its own.
final class SharedBroker implements ParameterResolver {
  static final Map<String, String> SHORT_LOCKS =
      Map.of(
          "group.share.min.record.lock.duration.ms",
          "1000",
          "group.min.session.timeout.ms",
          "1000",
          "connections.max.idle.ms",
          "4000");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaSettings.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store kept =
        context.getRoot().getStore(ExtensionContext.Namespace.create(SharedBroker.class));
    return fresh(
        context.getTags().contains(InContainers.TAG)
            ? kept.getOrComputeIfAbsent(
                    "container", key -> KafkaInContainer.start(SHORT_LOCKS), KafkaInContainer.class)
                .settings()
            : kept.getOrComputeIfAbsent("broker", key -> start(), LocalBroker.class).settings());
  }

  static KafkaSettings fresh(KafkaSettings settings) {
    return settings.withPrefix("t" + UUID.randomUUID().toString().substring(0, 8) + ".");
  }

  private static LocalBroker start() {
    try {
      return LocalBroker.start(
          LocalBroker.Options.in(Files.createTempDirectory("stemfleet-broker")).with(SHORT_LOCKS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
