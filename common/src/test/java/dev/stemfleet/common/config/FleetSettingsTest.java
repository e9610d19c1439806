package dev.stemfleet.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.QueueMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FleetSettingsTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void noSettingsOfWhoeverRunsThis() {
    environment.put("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
  }

  @Test
  void theSettingsThatOperatorsStartFromAreRead() {
    Path file = Path.of(System.getProperty("stemfleet.home"), "deploy", "stemfleet.yaml");

    FleetSettings settings =
        FleetSettings.load(FleetLayer.EMPTY, file, environment, folder, folder);

    assertThat(settings.roots()).containsKey("music");
    assertThat(settings.bootstrapServers()).contains("kafka-2");
  }

  @Test
  void whatNobodySaysHasItsUsualValue() {
    FleetSettings settings = load(FleetLayer.EMPTY);

    assertThat(settings.bootstrapServers()).isNull();
    assertThat(settings.prefix()).isEqualTo("stemfleet.");
    assertThat(settings.out()).isEqualTo(folder.resolve("out"));
    assertThat(settings.assets()).isEqualTo(folder.resolve("home/assets"));
    assertThat(settings.models()).isEqualTo(folder.resolve("home/assets/models"));
    assertThat(settings.lock()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.file()).isNull();
  }

  @Test
  void flagsOverrideTheEnvironmentWhichOverridesTheFile() throws IOException {
    file(
        "stemfleet.yaml", "bootstrapServers: file:1\nprefix: file.\nout: /file\nlockSeconds: 20\n");
    environment.put("STEMFLEET_PREFIX", "environment.");
    environment.put("STEMFLEET_OUT", "/environment");
    environment.put("STEMFLEET_LOCK_SECONDS", "30");
    FleetLayer flags =
        new FleetLayer(null, null, null, Path.of("/flag"), Map.of(), null, null, null, null);

    FleetSettings settings = load(flags);

    assertThat(settings.bootstrapServers()).isEqualTo("file:1");
    assertThat(settings.prefix()).isEqualTo("environment.");
    assertThat(settings.out()).isEqualTo(Path.of("/flag"));
    assertThat(settings.lock()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void theQueueIsOneOfTwo() throws IOException {
    assertThat(load(FleetLayer.EMPTY).queue()).isEqualTo(QueueMode.SHARE);
    file("stemfleet.yaml", "queue: group\nexpectedDevices: 3\n");
    assertThat(load(FleetLayer.EMPTY).queue()).isEqualTo(QueueMode.GROUP);
    assertThat(load(FleetLayer.EMPTY).expectedDevices()).isEqualTo(3);
    assertThat(load(FleetLayer.EMPTY).onlyBootstrapServers("own:1").queue())
        .isEqualTo(QueueMode.SHARE);
    environment.put("STEMFLEET_EXPECTED_DEVICES", "5");
    assertThat(load(FleetLayer.EMPTY).expectedDevices()).isEqualTo(5);

    environment.put("STEMFLEET_QUEUE", "pile");
    assertThatThrownBy(() -> load(FleetLayer.EMPTY))
        .isInstanceOf(ConfigException.class)
        .hasMessage("STEMFLEET_QUEUE: 'pile' is none of share, group");
  }

  @Test
  void pathsInAFileAreRelativeToItsFolder() throws IOException {
    Path file = file("etc/fleet.yaml", "out: results\nroots: {music: ../music, home: ~/Music}\n");

    FleetSettings settings =
        FleetSettings.load(FleetLayer.EMPTY, file, environment, folder, folder.resolve("home"));

    assertThat(settings.out()).isEqualTo(folder.resolve("etc/results"));
    assertThat(settings.roots())
        .containsEntry("music", folder.resolve("music"))
        .containsEntry("home", Path.of(System.getProperty("user.home"), "Music"));
  }

  @Test
  void rootsOfAllPlacesAreJoined() throws IOException {
    file("stemfleet.yaml", "roots: {music: /file/music, scripts: /file/scripts}\n");
    environment.put("STEMFLEET_ROOTS", "scripts=/environment/scripts, more=/more");

    assertThat(load(FleetLayer.EMPTY).roots())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "music", Path.of("/file/music"),
                "scripts", Path.of("/environment/scripts"),
                "more", Path.of("/more")));
  }

  @Test
  void theUsersOwnFileIsReadWhereThereIsNoneHere() throws IOException {
    file("xdg/stemfleet/config.yaml", "prefix: mine.\n");

    assertThat(load(FleetLayer.EMPTY).prefix()).isEqualTo("mine.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bootstrapServer: a:1       | bootstrapServer
          roots: {Music: /x}         | roots: the name 'Music'
          roots: [/x]                | roots
          prefix: "a b"              | prefix: 'a b'
          prefix: a\\nprefix: b      | prefix
          lockSeconds: 0             | lockSeconds: 0
          lockSeconds: long          | lockSeconds
          queue: pile                | queue
          expectedDevices: 0         | expectedDevices: 0
          """)
  void aWrongKeyIsNamedWithItsFile(String yaml, String expected) throws IOException {
    file("stemfleet.yaml", yaml.replace("\\n", "\n"));

    assertThatThrownBy(() -> load(FleetLayer.EMPTY))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("stemfleet.yaml")
        .hasMessageContaining(expected)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aFileThatIsNamedMustExist() {
    assertThatThrownBy(
            () ->
                FleetSettings.load(
                    FleetLayer.EMPTY, Path.of("gone.yaml"), environment, folder, folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("gone.yaml: no such file");
  }

  private FleetSettings load(FleetLayer flags) {
    return FleetSettings.load(flags, null, environment, folder, folder.resolve("home"));
  }

  private Path file(String name, String yaml) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, yaml);
  }
}
