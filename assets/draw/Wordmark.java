import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/// A channel's watermark: white letters with a dark rim that reads on every ground, behind a mark
/// of five bars in the channel's colour.
final class Wordmark {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 400;
  private static final double BARS_WIDTH = 190;
  private static final double[] BARS = {0.42, 0.78, 1, 0.62, 0.34};
  private static final float PEN = 0.19f;
  private static final float RIM = 0.16f;
  private static final double GAP = 56;
  private static final double MARGIN = 40;
  private static final Color RIM_COLOUR = new Color(12, 10, 28, 200);

  private Wordmark() {}

  static BufferedImage draw(int colour, String... lines) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    double unit = lines.length == 1 ? 250 : 135;
    Shape text = text(lines, unit);
    // What is too wide for the picture is made smaller, bars and all.
    double fit = Math.min(1, (WIDTH - BARS_WIDTH - GAP - MARGIN) / text.getBounds2D().getWidth());
    double letters = unit * fit;
    text = text(lines, letters);
    AffineTransform place =
        AffineTransform.getTranslateInstance(
            BARS_WIDTH + GAP, (HEIGHT - text.getBounds2D().getHeight()) / 2);
    Shape placed = place.createTransformedShape(text);
    paint(graphics, placed, bars(placed.getBounds2D()), letters, new Color(colour));
    graphics.dispose();
    return image;
  }

  private static void paint(
      Graphics2D graphics, Shape text, Shape bars, double unit, Color colour) {
    Shape pen = pen(PEN * unit).createStrokedShape(text);
    Path2D both = new Path2D.Double(pen, null);
    both.append(bars, false);
    graphics.setColor(RIM_COLOUR);
    Area rim = new Area(pen(RIM * unit).createStrokedShape(both));
    rim.add(new Area(pen));
    rim.add(new Area(bars));
    graphics.fill(rim);
    graphics.setColor(colour);
    graphics.fill(bars);
    graphics.setColor(Color.WHITE);
    graphics.fill(pen);
  }

  private static BasicStroke pen(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  private static Shape text(String[] lines, double unit) {
    Path2D text = new Path2D.Double();
    double widest = 0;
    for (String line : lines) {
      widest = Math.max(widest, Letters.line(line).getBounds2D().getWidth());
    }
    for (int i = 0; i < lines.length; i++) {
      AffineTransform place = AffineTransform.getTranslateInstance(0, i * 1.42 * unit);
      place.scale(unit, unit);
      text.append(place.createTransformedShape(Letters.line(lines[i])), false);
    }
    return text;
  }

  /// Five bars like those of a sound that is playing, as high as the text.
  private static Shape bars(Rectangle2D text) {
    double height = Math.max(text.getHeight() * 1.16, 190);
    double step = BARS_WIDTH / BARS.length;
    Path2D bars = new Path2D.Double();
    for (int i = 0; i < BARS.length; i++) {
      double bar = height * BARS[i];
      double width = step * 0.66;
      bars.append(
          new RoundRectangle2D.Double(
              24 + i * step, text.getCenterY() - bar / 2, width, bar, width, width),
          false);
    }
    return bars;
  }
}
