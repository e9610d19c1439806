package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.submit.TestAssets;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Sounds that are submitted, and the folder of somebody who submits them.
final class SubmitSounds {
  private static final TestSound SOUND = TestSound.tone(0.5, 440, 0.3);

  private SubmitSounds() {}

  /// One sound with tags and cover, two without.
  static void make(Path sounds) throws IOException {
    Path cover = TestAssets.picture(sounds.resolve("cover.png"), 0xffff0000);
    SOUND.write(
        sounds.resolve("tagged.mp3"),
        cover,
        "-metadata",
        "title=The Title",
        "-metadata",
        "artist=The Artist",
        "-metadata",
        "TBPM=174",
        "-metadata",
        "TKEY=F#m",
        "-metadata",
        "genre=House");
    TestSound.tone(0.5, 330, 0.3).writeWav(sounds.resolve("plain.wav"));
    TestSound.tone(0.5, 220, 0.3).writeWav(sounds.resolve("third.wav"));
  }

  /// `music/` with the sounds, assets and a settings file.
  static void settle(Path sounds, Path folder) throws IOException {
    TestAssets.in(folder.resolve("assets"));
    Files.createDirectories(folder.resolve("music"));
    try (Stream<Path> files = Files.list(sounds)) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".png")).toList()) {
        Files.copy(file, folder.resolve("music").resolve(file.getFileName()));
      }
    }
    Files.writeString(
        folder.resolve("stemfleet.yaml"), "assets: assets\nout: out\nroots: {music: music}\n");
  }
}
