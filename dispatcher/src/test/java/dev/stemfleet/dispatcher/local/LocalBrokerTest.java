package dev.stemfleet.dispatcher.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.TopicReader;
import dev.stemfleet.common.kafka.TopicSetup;
import dev.stemfleet.fixture.TestTracks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {
  @TempDir Path folder;

  @Test
  void keepsItsDataOverARestartOnTheSamePortAndIsQuiet() throws IOException {
    // Given a broker with a record
    int port;
    try (LocalBroker broker = LocalBroker.start(LocalBroker.Options.in(folder))) {
      port = Integer.parseInt(broker.bootstrapServers().replace("localhost:", ""));
      createTopics(broker.settings());
      try (TestTracks tracks = TestTracks.open(broker.settings())) {
        tracks.send("track", List.of("job".getBytes(StandardCharsets.UTF_8)));
      }
    }
    // When it is started again in the same folder on the same port
    try (LocalBroker broker = LocalBroker.start(LocalBroker.Options.in(folder).onPort(port))) {
      // Then the record is there
      KafkaSettings settings = broker.settings();
      assertThat(settings.bootstrapServers()).isEqualTo("localhost:" + port);
      assertThat(values(settings)).containsExactly("job");
    }
    // And its log holds nothing but warnings
    String log = Files.readString(folder.resolve("broker.log"));
    assertThat(log.lines()).hasSizeLessThan(10);
    assertThat(log).doesNotContain("ERROR").doesNotContain(" INFO ");
  }

  @Test
  void tellsWhereItRunsAndRefusesASecondOneInTheSameFolder() throws IOException {
    assertThat(LocalBroker.runningIn(folder)).isEmpty();
    try (LocalBroker broker = LocalBroker.start(LocalBroker.Options.in(folder))) {
      assertThat(LocalBroker.runningIn(folder)).isEqualTo(Optional.of(broker.bootstrapServers()));
      assertThatThrownBy(() -> LocalBroker.start(LocalBroker.Options.in(folder)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Another broker runs")
          .hasMessageContaining(broker.bootstrapServers());
      assertThat(broker.isAlive()).isTrue();
    }
    assertThat(LocalBroker.runningIn(folder)).isEmpty();
  }

  @Test
  void saysWhyItDidNotComeUp() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      LocalBroker.Options options = LocalBroker.Options.in(folder).onPort(taken.getLocalPort());
      assertThatThrownBy(() -> LocalBroker.start(options))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    // Given a JVM that has started a broker
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BrokerParent.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long pid;
    try (var lines = parent.inputReader(StandardCharsets.UTF_8)) {
      pid = Long.parseLong(lines.readLine());
      ProcessHandle broker = ProcessHandle.of(pid).orElseThrow();
      assertThat(broker.isAlive()).isTrue();
      // When it is killed without a chance to clean up
      parent.destroyForcibly().waitFor();
      // Then the broker ends as well
      broker.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  private static void createTopics(KafkaSettings settings) {
    try (Admin admin = new KafkaClients(settings).admin()) {
      assertThat(new TopicSetup(admin, settings).apply()).isEmpty();
    }
  }

  private static List<String> values(KafkaSettings settings) {
    try (TopicReader reader =
        TopicReader.fromStart(new KafkaClients(settings), Set.of(settings.topics().jobs()))) {
      return reader.poll(Duration.ofSeconds(10)).stream()
          .map(entry -> new String(entry.value().orElseThrow(), StandardCharsets.UTF_8))
          .toList();
    }
  }
}
