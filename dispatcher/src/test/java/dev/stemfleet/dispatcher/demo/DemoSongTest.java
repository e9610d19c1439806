package dev.stemfleet.dispatcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.Sha256;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoSongTest {
  /// Shared, because the song takes a second or two to make.
  @TempDir static Path folder;

  @Test
  void theSongIsTheSameEverywhereAndNeitherSilentNorClipped() throws Exception {
    Path file = DemoSong.in(folder);

    assertThat(Sha256.ofFile(file))
        .isEqualTo("c3268ab98c5eef857022de51edb775564ad70bbdc96b1ac3f943b4942610d956");
    try (AudioInputStream sound = AudioSystem.getAudioInputStream(file.toFile())) {
      assertThat(sound.getFrameLength()).isEqualTo(24 * 44_100);
      assertThat(sound.getFormat().getChannels()).isEqualTo(2);
      byte[] bytes = sound.readAllBytes();
      int peak = 0;
      for (int i = 0; i + 1 < bytes.length; i += 2) {
        peak = Math.max(peak, Math.abs((short) ((bytes[i] & 0xff) | (bytes[i + 1] << 8))));
      }
      assertThat(peak).isBetween(20_000, 32_000);
    }
  }

  @Test
  void whatIsThereIsNotMadeAgainUnlessItIsCutShort() throws IOException {
    Path file = DemoSong.in(folder);
    FileTime longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file, longAgo);
    DemoSong.in(folder);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);

    Files.write(file, new byte[100]);
    DemoSong.in(folder);
    assertThat(Files.size(file)).isEqualTo(44 + 4 * 24 * 44_100);
  }

  @Test
  void theCoverIsASquarePicture() throws IOException {
    BufferedImage cover = ImageIO.read(DemoCover.in(folder).toFile());

    assertThat(cover.getWidth()).isEqualTo(cover.getHeight()).isEqualTo(1000);
    assertThat(cover.getRGB(500, 520) & 0xffffff).as("the sun").isEqualTo(0xffecaa);
  }
}
