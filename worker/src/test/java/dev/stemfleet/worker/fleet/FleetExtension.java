package dev.stemfleet.worker.fleet;

import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.dispatcher.local.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives every test class (or method, where a method asks) a [TestFleet] of its own on one broker
/// per JVM. Classes with a [ShortLock] have another broker.
public final class FleetExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(FleetExtension.class);

  /// Allows short locks and closes connections that are idle for longer than a short job. Between
  /// two renewals of a usual lock they are silent for longer.
  public static final Map<String, String> SHORT_LOCKS =
      Map.of(
          "group.share.min.record.lock.duration.ms",
          "1000",
          "group.min.session.timeout.ms",
          "1000",
          "connections.max.idle.ms",
          "4000");

  /// How long a job of this class's fleets stays with a silent worker.
  @Retention(RetentionPolicy.RUNTIME)
  public @interface ShortLock {
    /// Usually long enough for a renewal on a machine that starts workers meanwhile.
    int seconds() default 5;
  }

  /// This class's fleets have a consumer group as their queue.
  @Retention(RetentionPolicy.RUNTIME)
  @interface Grouped {
    int devices();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestFleet.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Map<String, String> properties =
        context.getRequiredTestClass().isAnnotationPresent(ShortLock.class)
            ? SHORT_LOCKS
            : Map.of();
    LocalBroker broker =
        context
            .getRoot()
            .getStore(SPACE)
            .getOrComputeIfAbsent(properties, FleetExtension::start, LocalBroker.class);
    return context
        .getStore(SPACE)
        .getOrComputeIfAbsent(
            "fleet",
            key -> fleet(broker.settings(), context.getRequiredTestClass()),
            TestFleet.class);
  }

  /// A fleet with topics of its own and the lock that the test class asks for.
  static TestFleet fleet(KafkaSettings broker, Class<?> test) {
    ShortLock lock = test.getAnnotation(ShortLock.class);
    Grouped grouped = test.getAnnotation(Grouped.class);
    KafkaSettings settings =
        lock == null ? broker : broker.withLock(Duration.ofSeconds(lock.seconds()));
    if (grouped != null) {
      settings = settings.withQueue(QueueMode.GROUP).withDevices(grouped.devices());
    }
    try {
      String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + ".";
      return new TestFleet(
          settings.withPrefix(prefix), Files.createTempDirectory("stemfleet-fleet"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LocalBroker start(Map<String, String> properties) {
    try {
      Path folder = Files.createTempDirectory("stemfleet-broker");
      return LocalBroker.start(LocalBroker.Options.in(folder).with(properties));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
