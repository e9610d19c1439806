package dev.stemfleet.dispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.dispatcher.submit.TestAssets;
import dev.stemfleet.fixture.TestLoops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogCommandsTest {
  @TempDir Path folder;
  private Path assets;

  @BeforeEach
  void assets() {
    assets = TestAssets.in(folder.resolve("assets"));
  }

  @Test
  void theListNamesChannelsWithLabelsAliasesAndStems() {
    CommandRun run = run("channels", "list");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("main", "Main Channel", "sgs, first", "1920x1080", "acapella");
    assertThat(run.out().lines()).hasSize(4);
  }

  @Test
  void goodChannelsPassTheCheck() {
    CommandRun run = run("channels", "check");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("3 channels", "all good");
  }

  @Test
  void theCheckFindsEveryFaultAtOnce() throws IOException {
    TestAssets.channel(assets, "clash", "Clashing", "[SGS]");
    Files.writeString(assets.resolve("channels/broken.yaml"), "key: broken\nlabl: x\n");
    Files.writeString(assets.resolve("bass.png"), "no picture");
    TestAssets.picture(assets.resolve("mark.png"), 0x00ffffff);

    CommandRun run = run("channels", "check");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("broken.yaml: label: is missing")
        .contains("channels clash and main share")
        .contains("look.icons.bass")
        .contains("mark.png has no visible pixel");
  }

  @Test
  void aShortVideoIsAGoodBackgroundWhateverItsName() throws IOException {
    replaceBackground(TestLoops.bar(folder.resolve("loop.mp4"), 1, 24));

    CommandRun run = run("channels", "check");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("3 channels", "all good");
  }

  @Test
  void aVideoThatIsTooLongOrNoBackgroundIsAFault() throws IOException {
    replaceBackground(TestLoops.bar(folder.resolve("long.mp4"), 30, 2));
    Files.copy(
        assets.resolve("background.png"),
        assets.resolve("mark.png"),
        StandardCopyOption.REPLACE_EXISTING);

    CommandRun run = run("channels", "check");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("look.background: ")
        .contains("background.png: 30.0 s long; a video background lasts at most 20 s")
        .contains("look.watermark: ")
        .contains("mark.png is no picture that can be read");
  }

  private void replaceBackground(Path loop) throws IOException {
    Files.copy(loop, assets.resolve("background.png"), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aChannelNamedAsTheAudioFolderIsRefused() throws IOException {
    TestAssets.channel(assets, "sound", "AUDIO", "[]");

    assertThat(run("channels", "check").err()).contains("label 'audio'");
    assertThat(run("channels", "list").exitCode()).isEqualTo(2);
  }

  @Test
  void modelsAreListed() {
    assertThat(run("models", "list").out()).contains("builtin", "vocals,drums,bass,other");
  }

  @Test
  void aModelThatThereIsNotCannotBeVerified() {
    CommandRun mistyped = run("models", "verify", "biultin");

    assertThat(mistyped.exitCode()).isEqualTo(2);
    assertThat(mistyped.err()).contains("did you mean builtin");
  }

  @Test
  void aDefinitionWithAMistakeIsSaidBeforeAnythingIsVerified() throws IOException {
    Path definition = assets.resolve("models/builtin.yaml");
    Files.writeString(
        definition, Files.readString(definition).replace("kind: waveform", "kind: cubist"));

    CommandRun wrong = run("models", "verify");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("builtin.yaml: layout: kind: cubist is not known")
        .hasLineCount(1);
  }

  private CommandRun run(String... args) {
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--assets";
    all[args.length + 1] = assets.toString();
    return CommandRun.of(folder, all);
  }
}
