import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/// Draws the pictures that Stemfleet ships: the background, a watermark per channel, an icon per
/// stem. No fonts and no other files are used, so they look the same wherever they are drawn.
///
/// `java assets/draw/DrawAssets.java assets` (JDK 25; the other files of this folder are found by
/// the launcher).
final class DrawAssets {
  private DrawAssets() {}

  public static void main(String[] arguments) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "assets");
    for (Map.Entry<String, BufferedImage> picture : pictures().entrySet()) {
      Path file = folder.resolve(picture.getKey());
      ImageIO.write(picture.getValue(), "png", file.toFile());
      System.out.println(file + " " + Files.size(file) + " bytes");
    }
  }

  private static Map<String, BufferedImage> pictures() {
    Map<String, BufferedImage> pictures = new TreeMap<>();
    pictures.put("background.png", Background.draw(1920, 1080));
    pictures.put("sgs.png", Wordmark.draw(0xFF5FA2, "SGS"));
    pictures.put("sgs_2.png", Wordmark.draw(0x4FD1FF, "SGS 2"));
    pictures.put("son_got_drums.png", Wordmark.draw(0xFF9F45, "SON GOT", "DRUMS"));
    pictures.put("son_got_acapellas.png", Wordmark.draw(0xFF5FA2, "SON GOT", "ACAPELLAS"));
    pictures.put("sample_split.png", Wordmark.draw(0x8DE36B, "SAMPLE", "SPLIT"));
    pictures.put("tik_tok.png", Wordmark.draw(0x59E3D5, "TIK TOK"));
    for (Icons icon : Icons.values()) {
      pictures.put(icon.fileName(), icon.draw(384));
    }
    return pictures;
  }
}
