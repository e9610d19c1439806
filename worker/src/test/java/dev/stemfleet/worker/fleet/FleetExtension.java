package dev.stemfleet.worker.fleet;

import dev.stemfleet.dispatcher.local.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives every test class (or method, where a method asks) a [TestFleet] of its own on one broker
/// per JVM.
public final class FleetExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(FleetExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestFleet.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    LocalBroker broker =
        context
            .getRoot()
            .getStore(SPACE)
            .getOrComputeIfAbsent("broker", key -> start(), LocalBroker.class);
    return context
        .getStore(SPACE)
        .getOrComputeIfAbsent("fleet", key -> fleet(broker), TestFleet.class);
  }

  private static TestFleet fleet(LocalBroker broker) {
    try {
      String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + ".";
      return new TestFleet(
          broker.settings().withPrefix(prefix), Files.createTempDirectory("stemfleet-fleet"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LocalBroker start() {
    try {
      Path folder = Files.createTempDirectory("stemfleet-broker");
      return LocalBroker.start(LocalBroker.Options.in(folder).with(Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
