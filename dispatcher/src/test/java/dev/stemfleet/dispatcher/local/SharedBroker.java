package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.kafka.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One real broker for all test classes of this JVM. Gives each test settings with a prefix of its
/// own, so that tests do not see each other's topics and groups.
public final class SharedBroker implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaSettings.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    LocalBroker broker =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(SharedBroker.class))
            .getOrComputeIfAbsent("broker", key -> start(), LocalBroker.class);
    return broker.settings().withPrefix("t" + UUID.randomUUID().toString().substring(0, 8) + ".");
  }

  private static LocalBroker start() {
    try {
      Path folder = Files.createTempDirectory("stemfleet-broker");
      return LocalBroker.start(LocalBroker.Options.in(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
