package dev.stemfleet.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Layout;
import dev.stemfleet.common.domain.LoudnessMode;
import dev.stemfleet.common.domain.Stem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChannelCatalogTest {
  private static final String MAIN =
      """
      key: main
      label: Main Channel
      aliases: [the first]
      look:
        background: background.png
        watermark: mark.png
      publishing:
        category: Music
        privacy: private
        description: "{title}"
        tags: []
      """;

  @TempDir Path assets;

  @BeforeEach
  void pictures() throws IOException {
    Files.createDirectories(assets.resolve("channels"));
    Files.writeString(assets.resolve("background.png"), "background");
    Files.writeString(assets.resolve("mark.png"), "mark");
    for (Stem stem : Stem.values()) {
      Files.writeString(assets.resolve(stem.key() + ".png"), stem.key());
    }
  }

  @Test
  void whatIsLeftOutHasItsUsualValue() throws IOException {
    channel("main", MAIN);

    Channel main = load().named("main").orElseThrow();

    assertThat(main.stems()).hasSize(5).doesNotContain(Stem.NARRATION);
    assertThat(main.look().width()).isEqualTo(1920);
    assertThat(main.look().layout()).isEqualTo(Layout.LANDSCAPE);
    assertThat(main.keyInNames()).isTrue();
    assertThat(main.look().icons().get(Stem.BASS).name()).isEqualTo("bass.png");
  }

  @Test
  void loudnessOffIsAWordAndNoBoolean() throws IOException {
    channel("main", "loudness: off\n" + MAIN);

    assertThat(load().named("main").orElseThrow().loudness()).isEqualTo(LoudnessMode.OFF);
  }

  @Test
  void aliasesAreMatchedWithoutCaseSpacesAndDashes() throws IOException {
    channel("main", MAIN);

    assertThat(load().named("The_FIRST")).isPresent();
    assertThat(load().named("theothers")).isEmpty();
  }

  @Test
  void aChangedPictureIsAnotherAsset() throws IOException {
    channel("main", MAIN);
    String before = load().named("main").orElseThrow().look().watermark().sha256();

    Files.writeString(assets.resolve("mark.png"), "another mark");

    assertThat(load().named("main").orElseThrow().look().watermark().sha256()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          label: Main Channel      | labl: Main             | label
          watermark: mark.png      | watermark: gone.png    | look.watermark: there is no file
          watermark: mark.png      | watermark: ../../x.png | leaves the assets folder
          privacy: private         | privacy: secret        | publishing.privacy
          background: background.png | background: background.png\\n  width: 1921 | even
          key: main                | key: Main              | lower-case
          aliases: [the first]     | stems: [kazoo]         | stems[0]
          """)
  void aWrongKeyIsNamedWithItsFile(String from, String to, String expected) throws IOException {
    channel("main", MAIN.replace(from.strip(), to.strip().replace("\\n", "\n")));

    assertThatThrownBy(this::load)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("main.yaml")
        .hasMessageContaining(expected)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void channelsThatWouldShareAFolderAreRefused() throws IOException {
    channel("main", MAIN);
    String other = MAIN.replace("key: main", "key: b").replace("the first", "x");
    channel("b", other.replace("Main Channel", "MAIN channel."));

    assertThatThrownBy(this::load).hasMessageContaining("share the label");
  }

  @Test
  void theShippedChannelsLoad() {
    ChannelCatalog shipped =
        ChannelCatalog.load(
            new AssetFolder(Path.of(System.getProperty("stemfleet.home"), "assets")));

    assertThat(shipped.channels().stream().map(Channel::key))
        .containsExactlyInAnyOrder(
            "main", "backup", "drums", "acapellas", "sample-split", "tiktok");
    assertThat(shipped.named("Tik Tok").orElseThrow().look().height()).isEqualTo(1920);
    assertThat(shipped.channels()).allSatisfy(c -> assertThat(c.stems()).hasSize(5));
  }

  private ChannelCatalog load() {
    return ChannelCatalog.load(new AssetFolder(assets));
  }

  private void channel(String name, String yaml) throws IOException {
    Files.writeString(assets.resolve("channels").resolve(name + ".yaml"), yaml);
  }
}
