package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.Stem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// An assets folder with small pictures of its own, the channels main, drums and tiktok, and a
/// model definition whose file does not exist.
public final class TestAssets {
  private TestAssets() {}

  public static Path in(Path folder) {
    try {
      Files.createDirectories(folder.resolve("channels"));
      Files.createDirectories(folder.resolve("models"));
      picture(folder.resolve("background.png"), 0xff203040);
      picture(folder.resolve("mark.png"), 0xffffffff);
      for (Stem stem : Stem.values()) {
        picture(
            folder.resolve(stem.key() + ".png"), 0xff000000 | (stem.key().hashCode() & 0xffffff));
      }
      channel(folder, "main", "Main Channel", "[sgs, first]");
      channel(folder, "drums", "Drum Channel", "[]");
      channel(folder, "tiktok", "TikTok", "[tik tok]");
      Files.writeString(folder.resolve("models").resolve("builtin.yaml"), model("builtin"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path picture(Path file, int argb) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_ARGB);
    for (int y = 8; y < 24; y++) {
      for (int x = 8; x < 24; x++) {
        image.setRGB(x, y, argb);
      }
    }
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  public static void channel(Path folder, String key, String label, String aliases)
      throws IOException {
    Files.writeString(
        folder.resolve("channels").resolve(key + ".yaml"),
        """
        key: %s
        label: %s
        aliases: %s
        look:
          background: background.png
          watermark: mark.png
        publishing:
          category: Music
          privacy: private
          description: "{title}"
          tags: []
        """
            .formatted(key, label, aliases));
  }

  private static String model(String id) {
    return """
    id: %s
    revision: 1
    layout:
      kind: waveform
    files:
      - path: %s.onnx
        sha256: %s
        bytes: 100
    stems: [vocals, drums, bass, other]
    sound: {sampleRateHz: 44100, channels: 2}
    segments: {samples: 4096, strideSamples: 2048, window: fade}
    trackNormalisation: none
    licence: Apache-2.0
    source: a test
    """
        .formatted(id, id, "ab".repeat(32));
  }
}
